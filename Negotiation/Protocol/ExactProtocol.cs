using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;
using AgentRec.Negotiation.Search;

namespace AgentRec.Negotiation.Protocol;

/// <summary>The slate of greatest objective under the rules, found by the same branch and bound with a far greater node limit: the yardstick.</summary>
public static class ExactProtocol
{
    /// <summary>The protocol's name.</summary>
    public const string Name = "exact";

    /// <summary>Nodes after which the best slate found is taken; the bound that remains is reported.</summary>
    public const long GreatestNodes = 2_000_000;

    /// <summary>Solves a table without bids: standings are utilities.</summary>
    /// <param name="table">What lies on the table.</param>
    /// <returns>The slate; null when no slate satisfies all hard rules.</returns>
    public static ExactSlate? Solve(NegotiationTable table)
    {
        var window = table.Window.Candidates;
        var columns = RuleColumns.Of(table);
        double[] values = [.. window.Select(candidate => candidate.Utility)];
        var length = Math.Min(table.SlateSize, window.Length);
        var search = new SlateSearch(columns, window.Length, length);
        if (SlateRepair.Repair(new SearchProblem(values, length, columns, softness: 0)) is { } repaired)
            search.Know(repaired);
        var answer = search.Best(values, softness: 1, GreatestNodes);
        return answer.Slate is { } slate ? new ExactSlate([.. slate.Select(place => window[place])], answer.Worth, answer.Bound, answer.IsProven) : null;
    }
}

/// <summary>An optimal slate.</summary>
/// <param name="Slate">The slate, best first.</param>
/// <param name="Objective">Its J without bids.</param>
/// <param name="Bound">No slate of the window has a greater J.</param>
/// <param name="IsProven">True when the slate is the best there is.</param>
public sealed record ExactSlate(ImmutableArray<Candidate> Slate, double Objective, double Bound, bool IsProven);
