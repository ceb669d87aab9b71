using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>
/// Facet shares by votes: each item has one, spread evenly over its different values; an item that lacks the facet votes for
/// having none, the empty value. Votes are whole numbers of <see cref="Whole"/>, so that everyone counts alike.
/// </summary>
public static class FacetVotes
{
    /// <summary>One vote: a number that 1 to 16 divide.</summary>
    internal const int Whole = 720_720;

    /// <summary>The shares, in the facets of a rule set's calibration rules, of the items that a user took to.</summary>
    /// <param name="rules">The rule set in force.</param>
    /// <param name="positives">The items, by handle, each once.</param>
    /// <param name="facets">The catalogue.</param>
    /// <returns>By facet in ordinal order; without shares when there are no items.</returns>
    public static ImmutableArray<FacetShares> Targets(RuleSet rules, IReadOnlyCollection<int> positives, IFacetSource facets)
    {
        facets = facets.Under(rules.Strata);
        return
        [
            .. rules.Rules
                .Where(rule => rule.Type == RuleType.Calibration)
                .Select(rule => rule.Facet!)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(facet => Shares(facet, positives, facets)),
        ];
    }

    /// <summary>An item's votes by value.</summary>
    internal static IEnumerable<(string Value, int Vote)> Of(ImmutableArray<string> values)
    {
        if (values.IsEmpty)
            return [("", Whole)];
        string[] different = [.. values.Distinct(StringComparer.Ordinal)];
        return different.Select(value => (value, Whole / different.Length));
    }

    /// <summary>Half the L1 distance, in millionths, between votes cast by so many items and target shares.</summary>
    internal static long HalfDistance(IEnumerable<(long Cast, long Target)> values, int items)
    {
        var all = (long)Whole * items;
        var sum = 0L;
        foreach (var (cast, target) in values)
            sum += Math.Abs((cast * Millionths.One) - (target * all));
        return Math.Min(Millionths.One, (sum + all) / (2 * all));
    }

    private static FacetShares Shares(string facet, IReadOnlyCollection<int> items, IFacetSource facets)
    {
        var votes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            foreach (var (value, vote) in Of(facets.Values(item, facet)))
                votes[value] = votes.GetValueOrDefault(value) + vote;
        }
        var all = (long)Whole * items.Count;
        return new FacetShares(facet, [.. votes.Select(entry => new FacetShare(entry.Key, ((2 * entry.Value * Millionths.One) + all) / (2 * all)))]);
    }
}
