using AgentRec.Domain;
using AgentRec.Import.Rows;

namespace AgentRec.Import.Formats;

/// <summary>The generic files as csv. In items, every column other than the item's own members is a facet.</summary>
internal static class GenericCsv
{
    private static readonly string[] OwnColumns = ["itemId", "title", "provider", "text"];

    /// <summary>Reads items.</summary>
    /// <param name="file">The file.</param>
    /// <param name="rejected">Told of rows that are left out.</param>
    public static IEnumerable<Sourced<Item>> Items(DataFile file, Action<RejectedRow> rejected)
    {
        var checks = new ItemChecks();
        foreach (var (header, record) in file.Table(["itemId"], rejected))
        {
            var id = header.Field(record.Fields, "itemId");
            if (checks.Problem(id) is { } problem)
                record.Reject(problem);
            else
                yield return new(Item(header, record.Fields, id!), file.Name, record.Line);
        }
    }

    /// <summary>Reads interactions.</summary>
    /// <param name="file">The file.</param>
    /// <param name="rejected">Told of rows that are left out.</param>
    public static IEnumerable<Sourced<Interaction>> Interactions(DataFile file, Action<RejectedRow> rejected)
    {
        var texts = new SharedTexts();
        foreach (var (header, record) in file.Table(["userId", "itemId", "type"], rejected))
        {
            var fields = record.Fields;
            var interaction = InteractionFields.Read(
                header.Field(fields, "interactionId"),
                texts.Of(header.Field(fields, "userId") ?? ""),
                texts.Of(header.Field(fields, "itemId") ?? ""),
                header.Field(fields, "type") ?? "",
                header.Field(fields, "value"),
                header.Field(fields, "timestamp"),
                out var problem);
            if (interaction is null)
                record.Reject(problem!);
            else
                yield return new(interaction, file.Name, record.Line);
        }
    }

    private static Item Item(Header header, IReadOnlyList<string> fields, string id)
    {
        var facets = new Facets();
        for (var i = 0; i < header.Columns.Count; i++)
        {
            if (!OwnColumns.Contains(header.Columns[i], StringComparer.OrdinalIgnoreCase))
                facets.Add(header.Columns[i], fields[i].Split('|'));
        }
        return new Item(
            id,
            header.Field(fields, "title") is { } title && !string.IsNullOrWhiteSpace(title) ? title.Trim() : id,
            header.Field(fields, "provider"),
            facets.Build(),
            header.Field(fields, "text"));
    }
}
