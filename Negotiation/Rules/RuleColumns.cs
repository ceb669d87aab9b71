using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>Builds the columns of a rule set over a set of items, reading each facet once.</summary>
internal static class RuleColumns
{
    public static RuleColumn[] Build(RuleSet rules, IReadOnlyList<int> handles, IFacetSource facets)
    {
        facets = facets.Under(rules.Strata);
        var read = new Dictionary<string, ImmutableArray<string>[]>(StringComparer.Ordinal);
        var columns = new List<RuleColumn>(rules.Rules.Length);
        foreach (var rule in rules.Rules)
        {
            if (rule.Severity == RuleSeverity.Safety)
                continue;
            var body = RuleBodies.Of(rule);
            var values = rule.Facet is null ? [] : Values(rule.Facet);
            if (body.Column(rule, handles.Count, i => values[i]) is { } column)
                columns.Add(column);
        }
        return [.. columns];

        ImmutableArray<string>[] Values(string facet)
        {
            if (!read.TryGetValue(facet, out var values))
            {
                values = new ImmutableArray<string>[handles.Count];
                for (var i = 0; i < values.Length; i++)
                    values[i] = facets.Values(handles[i], facet);
                read.Add(facet, values);
            }
            return values;
        }
    }

    public static int[] Handles(ImmutableArray<Candidate> candidates) => [.. candidates.Select(candidate => candidate.Handle)];
}
