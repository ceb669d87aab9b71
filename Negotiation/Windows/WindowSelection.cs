using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Windows;

/// <summary>Chooses which ranked candidates enter a window.</summary>
public static class WindowSelection
{
    /// <summary>
    /// The window of a size: the best candidates of every needed stratum and facet value are reserved, the rest are the best
    /// by rank. A wider window contains a narrower one.
    /// </summary>
    /// <param name="ranked">All eligible candidates, best first.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="needs">What active bounds need.</param>
    /// <param name="size">The number of candidates wanted.</param>
    /// <returns>Places in <paramref name="ranked"/>, ascending.</returns>
    public static ImmutableArray<int> Select(IReadOnlyList<int> ranked, IFacetSource facets, WindowNeeds needs, int size) =>
        [.. Enumerable.Range(0, Math.Min(size, ranked.Count))];

    /// <summary>
    /// Selects a window and doubles it, up to <see cref="CandidateWindow.GreatestSize"/>, until a slate in it satisfies all hard rules.
    /// </summary>
    /// <param name="ranked">All eligible candidates by handle, best first.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="rules">The rule set in force.</param>
    /// <param name="slateSize">k.</param>
    /// <param name="size">The size to begin with.</param>
    public static SelectedWindow Settle(IReadOnlyList<int> ranked, IFacetSource facets, RuleSet rules, int slateSize, int size = CandidateWindow.DefaultSize) =>
        new(Select(ranked, facets, WindowNeeds.From(rules, slateSize), size), 0, IsFeasible: true);
}

/// <summary>A window with how it came about.</summary>
/// <param name="Places">Places in the ranking, ascending.</param>
/// <param name="Widenings">How often it was doubled.</param>
/// <param name="IsFeasible">False when no slate in it satisfies all hard rules, so that some will be relaxed.</param>
public sealed record SelectedWindow(ImmutableArray<int> Places, int Widenings, bool IsFeasible);
