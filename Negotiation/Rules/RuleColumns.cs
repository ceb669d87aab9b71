using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Protocol;

namespace AgentRec.Negotiation.Rules;

/// <summary>Builds the columns of a rule set over a set of items, reading each facet once.</summary>
internal static class RuleColumns
{
    /// <summary>The columns of what lies on a table.</summary>
    public static RuleColumn[] Of(NegotiationTable table)
    {
        var window = table.Window.Candidates;
        return Build(table.Rules, Handles(window), table.Facets, Math.Min(table.SlateSize, window.Length), table.Targets);
    }

    /// <summary>The columns over any items.</summary>
    /// <param name="rules">The rule set in force.</param>
    /// <param name="handles">The items.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="length">The length of the slates that are sought.</param>
    /// <param name="targets">The user's facet shares, where they are known.</param>
    public static RuleColumn[] Build(
        RuleSet rules, IReadOnlyList<int> handles, IFacetSource facets, int length, ImmutableArray<FacetShares> targets)
    {
        facets = facets.Under(rules.Strata);
        var read = new Dictionary<string, ImmutableArray<string>[]>(StringComparer.Ordinal);
        var columns = new List<RuleColumn>(rules.Rules.Length);
        foreach (var rule in rules.Rules)
        {
            if (rule.Severity == RuleSeverity.Safety)
                continue;
            var values = rule.Facet is null ? [] : Values(rule.Facet);
            var target = targets.FirstOrDefault(shares => string.Equals(shares.Facet, rule.Facet, StringComparison.Ordinal));
            if (RuleBodies.Of(rule).Column(rule, new ColumnSource(handles.Count, length, i => values[i], target)) is { } column)
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
