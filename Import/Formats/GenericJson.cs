using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Import.Rows;

namespace AgentRec.Import.Formats;

/// <summary>The generic files as JSON lines: one object a line, in the same form as in the HTTP interface.</summary>
internal static class GenericJson
{
    /// <summary>Reads items.</summary>
    /// <param name="file">The file.</param>
    /// <param name="rejected">Told of rows that are left out.</param>
    public static IEnumerable<Sourced<Item>> Items(DataFile file, Action<RejectedRow> rejected)
    {
        var checks = new ItemChecks();
        foreach (var record in file.Records(rejected))
        {
            if (Parse<ItemLine>(record) is not { } line)
                continue;
            if (checks.Problem(line.ItemId) is { } problem)
                record.Reject(problem);
            else
                yield return new(line.ToItem(), file.Name, record.Line);
        }
    }

    /// <summary>Reads interactions.</summary>
    /// <param name="file">The file.</param>
    /// <param name="rejected">Told of rows that are left out.</param>
    public static IEnumerable<Sourced<Interaction>> Interactions(DataFile file, Action<RejectedRow> rejected)
    {
        var texts = new SharedTexts();
        foreach (var record in file.Records(rejected))
        {
            if (Parse<InteractionLine>(record) is not { } line)
                continue;
            var interaction = InteractionFields.Check(
                line.InteractionId, texts.Of(line.UserId), texts.Of(line.ItemId), line.Type, line.Value, line.Timestamp, out var problem);
            if (interaction is null)
                record.Reject(problem!);
            else
                yield return new(interaction, file.Name, record.Line);
        }
    }

    private static T? Parse<T>(RecordReader record)
        where T : class
    {
        if (string.IsNullOrWhiteSpace(record.Fields[0]))
            return null;
        try
        {
            if (JsonSerializer.Deserialize<T>(record.Fields[0], DomainJson.Options) is { } line)
                return line;
            record.Reject("is null, not an object");
        }
        catch (JsonException exception)
        {
            record.Reject($"is not what is expected at {exception.Path ?? "$"}: {FirstSentence(exception.Message)}");
        }
        return null;
    }

    // The serializer appends path and position to its sentence; position counts within the line.
    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private sealed record ItemLine(
        string ItemId, string? Title, string? Provider, ImmutableSortedDictionary<string, ImmutableArray<string>> Facets, string? Text)
    {
        public Item ToItem() => new(ItemId, string.IsNullOrWhiteSpace(Title) ? ItemId : Title.Trim(), Provider, Facets, Text);
    }

    private sealed record InteractionLine(
        string? InteractionId, string UserId, string ItemId, InteractionType Type, double? Value, DateTimeOffset? Timestamp);
}
