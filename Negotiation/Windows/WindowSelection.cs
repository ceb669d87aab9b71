using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;
using AgentRec.Negotiation.Search;

namespace AgentRec.Negotiation.Windows;

/// <summary>Chooses which ranked candidates enter a window.</summary>
public static class WindowSelection
{
    /// <summary>Reserved are this many times as many candidates as a bound needs, so that other rules leave a choice.</summary>
    private const int Choice = 2;

    /// <summary>
    /// The window of a size: first the best candidates of every needed stratum and facet value, then the best by rank. Since
    /// what is reserved does not depend on the size, a wider window contains a narrower one.
    /// </summary>
    /// <param name="ranked">All eligible candidates by handle, best first.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="needs">What active bounds need.</param>
    /// <param name="size">The number of candidates wanted.</param>
    /// <returns>Places in <paramref name="ranked"/>, ascending.</returns>
    public static ImmutableArray<int> Select(IReadOnlyList<int> ranked, IFacetSource facets, WindowNeeds needs, int size)
    {
        if (ranked.Count <= size)
            return [.. Enumerable.Range(0, ranked.Count)];
        var taken = new SortedSet<int>();
        foreach (var place in needs.Needs.SelectMany(need => Reserve(ranked, facets, need)))
        {
            if (taken.Count == size)
                break;
            taken.Add(place);
        }
        for (var place = 0; taken.Count < size; place++)
            taken.Add(place);
        return [.. taken];
    }

    /// <summary>
    /// Selects a window and doubles it, up to <see cref="CandidateWindow.GreatestSize"/>, until a slate in it satisfies all
    /// hard rules.
    /// </summary>
    /// <param name="ranked">All eligible candidates by handle, best first.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="rules">The rule set in force.</param>
    /// <param name="slateSize">k.</param>
    /// <param name="size">The size to begin with.</param>
    public static SelectedWindow Settle(
        IReadOnlyList<int> ranked, IFacetSource facets, RuleSet rules, int slateSize, int size = CandidateWindow.DefaultSize)
    {
        var needs = WindowNeeds.From(rules, slateSize);
        for (var widenings = 0; ; widenings++, size = Math.Min(2 * size, CandidateWindow.GreatestSize))
        {
            var places = Select(ranked, facets, needs, size);
            var isFeasible = IsFeasible([.. places.Select(place => ranked[place])], facets, rules, slateSize);
            if (isFeasible || size >= CandidateWindow.GreatestSize || places.Length == ranked.Count)
                return new SelectedWindow(places, widenings, isFeasible);
        }
    }

    private static bool IsFeasible(int[] handles, IFacetSource facets, RuleSet rules, int slateSize)
    {
        var columns = RuleColumns.Build(rules, handles, facets);
        var rank = new double[handles.Length];
        for (var i = 0; i < rank.Length; i++)
            rank[i] = handles.Length - i;
        return SlateSearch.Any(rank, Math.Min(slateSize, handles.Length), columns).Slate is not null;
    }

    private static IEnumerable<int> Reserve(IReadOnlyList<int> ranked, IFacetSource facets, WindowNeed need)
    {
        if (need.IsSpread)
            return Spread(ranked, facets, need);
        return Enumerable.Range(0, ranked.Count)
            .Where(place => facets.Values(ranked[place], need.Facet).Any(value => need.Values.Contains(value)) != need.Without)
            .Take(Choice * need.Count);
    }

    private static IEnumerable<int> Spread(IReadOnlyList<int> ranked, IFacetSource facets, WindowNeed need)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var full = 0;
        for (var place = 0; place < ranked.Count && full < Choice * need.Different; place++)
        {
            var isNeeded = false;
            foreach (var value in facets.Values(ranked[place], need.Facet))
            {
                if (!need.Values.IsEmpty && !need.Values.Contains(value))
                    continue;
                var count = counts.GetValueOrDefault(value);
                if (count == need.Count || (count == 0 && counts.Count == Choice * need.Different))
                    continue;
                counts[value] = count + 1;
                full += count + 1 == need.Count ? 1 : 0;
                isNeeded = true;
            }
            if (isNeeded)
                yield return place;
        }
    }
}

/// <summary>A window with how it came about.</summary>
/// <param name="Places">Places in the ranking, ascending.</param>
/// <param name="Widenings">How often it was doubled.</param>
/// <param name="IsFeasible">False when no slate in it satisfies all hard rules, so that some will be relaxed.</param>
public sealed record SelectedWindow(ImmutableArray<int> Places, int Widenings, bool IsFeasible);
