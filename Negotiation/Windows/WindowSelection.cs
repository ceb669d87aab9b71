using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Search;

namespace AgentRec.Negotiation.Windows;

/// <summary>Chooses which ranked candidates enter a window.</summary>
public static class WindowSelection
{
    /// <summary>
    /// The window of a size: first the best candidates of every needed stratum and facet value, then the best by rank. Since
    /// what is reserved does not depend on the size, a wider window contains a narrower one.
    /// </summary>
    /// <param name="ranked">All eligible candidates by handle, best first.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="needs">What active bounds need.</param>
    /// <param name="size">The number of candidates wanted.</param>
    /// <returns>Places in <paramref name="ranked"/>, ascending.</returns>
    public static ImmutableArray<int> Select(IReadOnlyList<int> ranked, IFacetSource facets, WindowNeeds needs, int size) =>
        Fill(new Reservation(ranked, facets, needs).Places(), ranked.Count, size);

    /// <summary>
    /// Selects a window and doubles it, up to <see cref="CandidateWindow.GreatestSize"/>, until a slate in it satisfies all
    /// hard rules. Where even the widest holds none, one is sought in all of the ranking and takes its places in it.
    /// </summary>
    /// <param name="ranked">All eligible candidates by handle, best first.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="rules">The rule set in force.</param>
    /// <param name="slateSize">k.</param>
    /// <param name="size">The size to begin with.</param>
    public static SelectedWindow Settle(
        IReadOnlyList<int> ranked, IFacetSource facets, RuleSet rules, int slateSize, int size = CandidateWindow.DefaultSize)
    {
        facets = facets.Under(rules.Strata);
        int[] reserved = ranked.Count <= size ? [] : [.. new Reservation(ranked, facets, WindowNeeds.From(rules, slateSize)).Places()];
        for (var widenings = 0; ; widenings++, size = Math.Min(2 * size, CandidateWindow.GreatestSize))
        {
            var places = Fill(reserved, ranked.Count, size);
            if (FeasibleSlate.Any([.. places.Select(place => ranked[place])], facets, rules, slateSize) is not null)
                return new SelectedWindow(places, widenings, widenings == 0 ? WindowOrigin.AtOnce : WindowOrigin.Widened);
            if (places.Length == ranked.Count)
                return new SelectedWindow(places, widenings, WindowOrigin.Infeasible);
            if (size < CandidateWindow.GreatestSize)
                continue;
            return CatalogueSearch.Find(ranked, facets, rules, slateSize) is { } slate
                ? new SelectedWindow(Fill(slate.Concat(reserved), ranked.Count, size), widenings, WindowOrigin.Searched)
                : new SelectedWindow(places, widenings, WindowOrigin.Infeasible);
        }
    }

    private static ImmutableArray<int> Fill(IEnumerable<int> reserved, int count, int size)
    {
        if (count <= size)
            return [.. Enumerable.Range(0, count)];
        var taken = new bool[count];
        var left = size;
        foreach (var place in reserved)
        {
            if (left == 0)
                break;
            left -= taken[place] ? 0 : 1;
            taken[place] = true;
        }
        var places = ImmutableArray.CreateBuilder<int>(size);
        for (var place = 0; places.Count < size; place++)
        {
            if (taken[place] || left > 0)
                places.Add(place);
            left -= taken[place] ? 0 : 1;
        }
        return places.MoveToImmutable();
    }
}

/// <summary>A window with how it came about.</summary>
/// <param name="Places">Places in the ranking, ascending.</param>
/// <param name="Widenings">How often it was doubled.</param>
/// <param name="Origin">What made it hold a slate under the rules.</param>
public sealed record SelectedWindow(ImmutableArray<int> Places, int Widenings, WindowOrigin Origin)
{
    /// <summary>False when no slate in it satisfies all hard rules, so that some will be relaxed.</summary>
    public bool IsFeasible => Origin != WindowOrigin.Infeasible;
}
