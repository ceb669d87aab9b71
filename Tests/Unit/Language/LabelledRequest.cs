using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Language;
using AgentRec.Language.Readings;
using AgentRec.Language.Vocabularies;

namespace AgentRec.Tests.Unit.Language;

/// <summary>A request with what must be read from it.</summary>
/// <param name="Catalogue">The catalogue that it is about.</param>
/// <param name="Kind">What it tries.</param>
/// <param name="Message">The request.</param>
/// <param name="Expected">What must be read, in ordinal order.</param>
/// <param name="Shown">What was shown before.</param>
internal sealed record LabelledRequest(string Catalogue, string Kind, string Message, ImmutableArray<string> Expected, ImmutableArray<string> Shown)
{
    private static readonly string Data = Path.Combine(Repository.Root, "Tests", "Unit", "Language", "Data");

    /// <summary>The requests of a file.</summary>
    public static ImmutableArray<LabelledRequest> Of(string file)
    {
        var requests = ImmutableArray.CreateBuilder<LabelledRequest>();
        var catalogue = "";
        foreach (var line in File.ReadLines(Path.Combine(Data, file)).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == '[')
            {
                catalogue = line.Trim('[', ']');
                continue;
            }
            var parts = line.Split('|', StringSplitOptions.TrimEntries);
            Assert.True(parts.Length is 3 or 4, $"{file}: {line}");
            requests.Add(new LabelledRequest(
                catalogue, parts[0], parts[1], [.. parts[2].Split(';', StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal)],
                parts.Length == 4 ? [.. parts[3].Split(',', StringSplitOptions.TrimEntries)] : []));
        }
        return requests.ToImmutable();
    }

    /// <summary>The items of a catalogue of the tests.</summary>
    public static ImmutableArray<Item> Items(string catalogue) => [.. File.ReadLines(Path.Combine(Data, $"{catalogue}.jsonl")).Select(DomainJson.Read<Item>)];

    /// <summary>The readers of the tests' catalogues.</summary>
    public static IReadOnlyDictionary<string, RequestReader> Readers { get; } = new[] { "films", "books", "shop" }
        .ToDictionary(name => name, name => new RequestReader(Vocabulary.Of(Items(name))), StringComparer.Ordinal);

    /// <summary>What is read from the request.</summary>
    public ImmutableArray<string> Read() => Written(Readers[Catalogue].Read(Message, Shown));

    /// <summary>True when exactly what must be read is read.</summary>
    public bool IsReadExactly => Read().SequenceEqual(Expected, StringComparer.Ordinal);

    /// <summary>A reading as the files write it.</summary>
    public static ImmutableArray<string> Written(RequestReading reading)
    {
        string[] parts =
        [
            .. reading.Constraints.Select(one => $"{(one.Strength is ConstraintStrength.Soft ? "soft " : "")}{one.Facet} {Sign(one.Op)} {string.Join(", ", one.Values)}"),
            .. reading.Anchors.Select(one => $"like {one.ItemId}"),
            .. reading.Titles.Select(one => $"title {one.ItemId}"),
            .. reading.Orderings.Select(one => $"order {one.Facet} {(one.IsDescending ? "down" : "up")}"),
            .. reading.Quantity is { } quantity ? [$"count {quantity}"] : Array.Empty<string>(),
            .. reading.Withdrawals.Select(one => one.Facet is null ? "withdraw everything" : one.Values.IsEmpty ? $"withdraw {one.Facet}" : $"withdraw {one.Facet} = {string.Join(", ", one.Values)}"),
            .. reading.NotUnderstood.Select(words => $"unread {words}"),
        ];
        return parts.Length == 0 ? ["nothing"] : [.. parts.Order(StringComparer.Ordinal)];
    }

    private static string Sign(ConstraintOperator op) => op switch
    {
        ConstraintOperator.Eq => "=",
        ConstraintOperator.Ne => "!=",
        ConstraintOperator.In => "in",
        ConstraintOperator.Lt => "<",
        ConstraintOperator.Le => "<=",
        ConstraintOperator.Gt => ">",
        _ => ">=",
    };
}
