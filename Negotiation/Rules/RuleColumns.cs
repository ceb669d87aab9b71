using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>Builds the columns of a rule set over a set of items, reading each facet once.</summary>
internal static class RuleColumns
{
    public static RuleColumn[] Build(RuleSet rules, IReadOnlyList<int> handles, IFacetSource facets)
    {
        var read = new Dictionary<string, ImmutableArray<string>[]>(StringComparer.Ordinal);
        var columns = new List<RuleColumn>(rules.Rules.Length);
        foreach (var rule in rules.Rules)
        {
            if (rule.Severity == RuleSeverity.Safety)
                continue;
            if (RuleBodies.Of(rule).Column(rule, handles.Count, i => Values(rule.Facet!)[i]) is { } column)
                columns.Add(column);
        }
        return [.. columns];

        ImmutableArray<string>[] Values(string facet)
        {
            if (!read.TryGetValue(facet, out var values))
                read.Add(facet, values = [.. handles.Select(handle => facets.Values(handle, facet))]);
            return values;
        }
    }

    public static int[] Handles(ImmutableArray<Candidate> candidates) => [.. candidates.Select(candidate => candidate.Handle)];
}
