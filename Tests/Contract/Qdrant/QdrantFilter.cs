using System.Text.Json;

namespace AgentRec.Tests.Contract.Qdrant;

/// <summary>Evaluates Qdrant's filters over payloads as its documentation says, from the JSON on the wire.</summary>
internal static class QdrantFilter
{
    /// <summary>True when a payload passes a filter, or meets a condition.</summary>
    public static bool Passes(JsonElement payload, JsonElement filter)
    {
        if (filter.TryGetProperty("key", out var key))
        {
            JsonElement[] values = [.. Values(payload, key.GetString()!)];
            if (filter.TryGetProperty("match", out var match))
                return values.Any(value => Matches(value, match));
            if (filter.TryGetProperty("range", out var range))
                return values.Any(value => value.ValueKind is JsonValueKind.Number && IsWithin(value.GetDouble(), range));
            throw new NotSupportedException($"condition {filter}");
        }
        if (filter.TryGetProperty("is_empty", out var empty))
            return !Values(payload, empty.GetProperty("key").GetString()!).Any();
        return Clauses(filter, "must").All(clause => Passes(payload, clause))
            && !Clauses(filter, "must_not").Any(clause => Passes(payload, clause))
            && (!filter.TryGetProperty("should", out _) || Clauses(filter, "should").Any(clause => Passes(payload, clause)));
    }

    private static IEnumerable<JsonElement> Clauses(JsonElement filter, string name) =>
        filter.TryGetProperty(name, out var clauses) ? clauses.EnumerateArray() : [];

    /// <summary>The values under a path; those of an array one by one.</summary>
    private static IEnumerable<JsonElement> Values(JsonElement payload, string path)
    {
        // The grammar of a path: names of letters, digits, '_' and '-', parted by dots. Others would have to be quoted.
        if (!path.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.'))
            throw new NotSupportedException($"path {path}");
        var value = payload;
        foreach (var name in path.Split('.'))
        {
            if (value.ValueKind is not JsonValueKind.Object || !value.TryGetProperty(name, out value))
                return [];
        }
        return value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray(),
            JsonValueKind.Null => [],
            _ => [value],
        };
    }

    private static bool Matches(JsonElement value, JsonElement match) =>
        value.ValueKind is JsonValueKind.String
        && (match.TryGetProperty("value", out var only)
            ? value.GetString() == only.GetString()
            : match.GetProperty("any").EnumerateArray().Any(one => one.GetString() == value.GetString()));

    private static bool IsWithin(double number, JsonElement range) => range.EnumerateObject().All(bound => bound.Name switch
    {
        "gt" => number > bound.Value.GetDouble(),
        "gte" => number >= bound.Value.GetDouble(),
        "lt" => number < bound.Value.GetDouble(),
        "lte" => number <= bound.Value.GetDouble(),
        _ => throw new NotSupportedException($"bound {bound.Name}"),
    });
}
