using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Vectors;

namespace AgentRec.Grains.Planning.Wishes;

/// <summary>
/// The order of a facet as an answer: the first item answers fully, the last one half. Items with the same number answer equally
/// well, so that what the user takes to decides between them.
/// </summary>
internal static class FacetOrder
{
    private const double LastAnswer = 0.5;

    /// <summary>Orders items.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="wish">The order.</param>
    /// <param name="items">Handles; those without a number are left out.</param>
    /// <param name="count">The greatest number of hits.</param>
    /// <param name="seed">Orders ties.</param>
    public static ImmutableArray<Match> Of(IFacetSource catalogue, OrderingWish wish, ImmutableArray<int> items, int count, ulong seed)
    {
        var sign = wish.IsDescending ? -1 : 1;
        (int Handle, double Number)[] ordered =
        [
            .. items.Select(handle => (Handle: handle, Number: catalogue.Values(handle, wish.Facet) is [var value, ..] && FacetNumber.TryRead(value, out var number) ? number : double.NaN))
                .Where(item => double.IsFinite(item.Number))
                .OrderBy(item => sign * item.Number).ThenBy(item => StableHash.Of(seed, (ulong)item.Handle))
                .Take(count),
        ];
        var matches = ImmutableArray.CreateBuilder<Match>(ordered.Length);
        var place = 0;
        for (var i = 0; i < ordered.Length; i++)
        {
            if (ordered[i].Number != ordered[place].Number)
                place = i;
            matches.Add(new Match(ordered[i].Handle, 1 - ((1 - LastAnswer) * place / ordered.Length)));
        }
        return matches.MoveToImmutable();
    }
}
