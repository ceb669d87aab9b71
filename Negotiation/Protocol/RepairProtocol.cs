using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;
using AgentRec.Negotiation.Search;

namespace AgentRec.Negotiation.Protocol;

/// <summary>The deterministic repair of the utility order: the counterfactual that a negotiation has to beat.</summary>
public static class RepairProtocol
{
    /// <summary>The protocol's name.</summary>
    public const string Name = "repair";

    /// <summary>The best candidates by utility, with the swaps that bring them under the hard rules.</summary>
    /// <param name="table">What lies on the table.</param>
    /// <returns>The slate, best first; null when swaps alone do not get there.</returns>
    public static ImmutableArray<Candidate>? Repair(NegotiationTable table)
    {
        var window = table.Window.Candidates;
        var columns = RuleColumns.Of(table);
        double[] values = [.. window.Select(candidate => candidate.Utility)];
        var problem = new SearchProblem(values, Math.Min(table.SlateSize, window.Length), columns, softness: 0);
        return SlateRepair.Repair(problem) is { } slate ? [.. slate.Select(place => window[place])] : null;
    }
}
