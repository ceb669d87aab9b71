using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace AgentRec.Cli.Terminal;

/// <summary>Tells the events of a turn so that a person can follow the negotiation.</summary>
/// <param name="titles">Titles by item id.</param>
internal sealed class Narrator(IReadOnlyDictionary<string, string> titles)
{
    private const int ListedChanges = 2;

    /// <summary>Tells one event.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="data">Its details.</param>
    public void Tell(string kind, JsonElement data)
    {
        foreach (var line in Lines(kind, data))
            AnsiConsole.MarkupLineInterpolated($"  [bold]{kind,-11}[/] {line}");
    }

    private IEnumerable<string> Lines(string kind, JsonElement data) => kind switch
    {
        "heard" when Count(data, "notUnderstood") is > 0 and var open => [$"session: heard {Count(data, "constraints")} constraints, and {open} parts that it could not read"],
        "heard" => [$"session: heard {Count(data, "constraints")} constraints"],
        "plan" when Text(data, "step") is "askOrShow" => [$"planner: {(data.GetProperty("ask").GetBoolean() ? "asks" : "shows")}; the best question would tell {Text(data, "gain")} bits"],
        "plan" => [$"planner: {Text(data, "reason")} Policy {Text(data, "policy")} v{Text(data, "policyVersion")}, {Text(data, "slateSize")} places."],
        "toolCall" when data.TryGetProperty("worded", out var worded) => [$"planner has the language model word {worded} of {Text(data, "reasons")} reasons"],
        "toolCall" when Text(data, "tool") is "language" => [$"session asks the language model: {(data.TryGetProperty("degraded", out var missed) ? missed.GetString() : $"{Text(data, "constraints")} constraints")}"],
        "toolCall" => [$"planner asks {Text(data, "tool")}: {(data.TryGetProperty("hits", out var hits) ? $"{hits} hits" : Text(data, "degraded"))}"],
        "nomination" when data.TryGetProperty("candidates", out var count) => [$"user agent: nominates {count} of {Text(data, "eligible")} items that may be shown"],
        "nomination" => [$"user agent: would like best {Titles(data, "slate")}"],
        "bid" when data.TryGetProperty("place", out var place) => [$"place {place} is sold to {Title(Text(data, "itemId"))}"],
        "bid" => Bids(data),
        "objection" => data.GetProperty("objections").EnumerateArray().Select(Objection),
        "proposal" => [$"round {Text(data, "round")}, {Text(data, "origin")}: {Titles(data, "slate")} - user agent {(data.GetProperty("accepted").GetBoolean() ? "accepts" : $"refuses, misses {Titles(data, "missed")}")} ({Ratio(data, "utilityKept")} of its utility)"],
        "concession" when data.TryGetProperty("epsilon", out var epsilon) => [$"both give way: the user agent up to {epsilon.GetDouble().ToString("P1", CultureInfo.InvariantCulture)} of utility"],
        "concession" => [$"policy agent: {data.GetProperty("relaxed").GetRawText()}"],
        "widening" => [$"planner: widens the window to {Text(data, "windowSize")} candidates"],
        "arbitration" => [$"the rules outrank the user's limit: {Titles(data, "slate")}"],
        "agreement" => [$"{Text(data, "outcome")} after {Text(data, "rounds")} round(s): {Titles(data, "slate")}"],
        _ => [data.GetRawText()],
    };

    private IEnumerable<string> Bids(JsonElement data)
    {
        JsonElement[] bids = [.. data.GetProperty("bids").EnumerateArray()];
        yield return $"item agents: {bids.Length} of {Text(data, "invited")} invited bid for a place near the cut";
        foreach (var bid in bids.Take(ListedChanges))
            yield return $"  {Title(bid.GetProperty("itemId").GetString()!)}: {Text(bid, "reason")}";
    }

    private string Objection(JsonElement objection)
    {
        var changes = objection.GetProperty("changes").EnumerateArray()
            .Where(change => change.TryGetProperty("out", out _))
            .Take(ListedChanges)
            .Select(change => $"{Title(change.GetProperty("out").GetString()!)} for {Title(change.GetProperty("in").GetString()!)}");
        return $"policy agent: {Text(objection, "rule")} ({Text(objection, "sentence")}) has {Text(objection, "value")}; could change {string.Join(", or ", changes)}";
    }

    private string Titles(JsonElement data, string name)
    {
        string[] ids = [.. data.GetProperty(name).EnumerateArray().Select(id => id.GetString()!)];
        const int listed = 4;
        var shown = string.Join(", ", ids.Take(listed).Select(Title));
        return ids.Length > listed ? $"{shown} and {ids.Length - listed} more" : shown;
    }

    private string Title(string itemId) => titles.GetValueOrDefault(itemId, itemId);

    private static int Count(JsonElement data, string name) => data.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array ? list.GetArrayLength() : 0;

    private static string Ratio(JsonElement data, string name) => data.GetProperty(name).GetDouble().ToString("P0", CultureInfo.InvariantCulture);

    private static string Text(JsonElement data, string name) => data.TryGetProperty(name, out var member) ? member.ToString() : "";
}
