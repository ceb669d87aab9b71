using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;

namespace AgentRec.Grains.Planning.Wishes;

/// <summary>Finds what answers a turn's words and wishes: by text and by likeness to items, which the vector tool does, and in the order that is wanted.</summary>
/// <param name="search">The vector tool.</param>
internal sealed class WishSearch(IItemSearch search)
{
    /// <summary>Finds.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="count">The greatest number of hits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Hits, best first.</returns>
    public async ValueTask<ImmutableArray<Match>> FindAsync(string tenant, PlanRequest turn, int count, CancellationToken cancellationToken)
    {
        var found = new List<ImmutableArray<Match>>();
        if (turn.Request.Message is { } text)
            found.Add(await search.SearchAsync(tenant, text, turn.Constraints, count, cancellationToken));
        foreach (var item in turn.Wishes.Like)
            found.Add(await search.SimilarAsync(tenant, item, turn.Constraints, count, cancellationToken));
        return found.Count == 1 ? found[0] : MatchBlend.Of(found, count, turn.Seed);
    }

    /// <summary>Puts what was found in the order that is wanted; where nothing was, everything that meets the constraints.</summary>
    /// <param name="catalogue">What is served now.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="matches">What was found.</param>
    /// <param name="count">The greatest number of hits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async ValueTask<ImmutableArray<Match>> OrderAsync(
        IFacetSource catalogue, PlanRequest turn, ImmutableArray<Match> matches, int count, CancellationToken cancellationToken)
    {
        if (turn.Wishes.Order.IsEmpty)
            return matches;
        // Reading a facet of the whole catalogue takes longer than a grain may hold its thread.
        return await Task.Run(() => Ordered(catalogue, turn, matches, count), cancellationToken);
    }

    private static ImmutableArray<Match> Ordered(IFacetSource catalogue, PlanRequest turn, ImmutableArray<Match> matches, int count)
    {
        Constraint[] hard = [.. turn.Constraints.Where(constraint => constraint.Strength is ConstraintStrength.Hard)];
        ImmutableArray<int> asked = matches.IsEmpty
            ? [.. Enumerable.Range(0, catalogue.Count).Where(handle => Array.TrueForAll(hard, constraint => constraint.IsMetBy(catalogue.Values(handle, constraint.Facet))))]
            : [.. matches.Select(match => match.Handle)];
        IEnumerable<ImmutableArray<Match>> orders = turn.Wishes.Order.Select(wish => FacetOrder.Of(catalogue, wish, asked, count, turn.Seed));
        return MatchBlend.Of(matches.IsEmpty ? [.. orders] : [matches, .. orders], count, turn.Seed);
    }
}
