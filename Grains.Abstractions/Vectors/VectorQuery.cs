using System.Collections.Immutable;

namespace AgentRec.Grains.Abstractions.Vectors;

/// <summary>Asks for the items nearest to a vector.</summary>
/// <param name="Space">The vector space; items without a vector in it are not found.</param>
/// <param name="Vector">The vector, as long as the space's vectors.</param>
/// <param name="Filter">What items must be.</param>
/// <param name="Count">The greatest number of items; fewer are found where fewer pass.</param>
public sealed record VectorQuery(string Space, ImmutableArray<float> Vector, VectorFilter Filter, int Count);

/// <summary>An item found by its vector.</summary>
/// <param name="ItemId">The item's id.</param>
/// <param name="Similarity">Its similarity to the query, as the space defines it.</param>
public readonly record struct ItemHit(string ItemId, float Similarity)
{
    /// <summary>Most similar first; what is equally similar by a hash of the id, so that no index prefers early items.</summary>
    public static IComparer<ItemHit> Order { get; } = Comparer<ItemHit>.Create(static (x, y) =>
    {
        var order = y.Similarity.CompareTo(x.Similarity);
        if (order == 0)
            order = StableHash.Of(0, x.ItemId).CompareTo(StableHash.Of(0, y.ItemId));
        return order != 0 ? order : string.CompareOrdinal(x.ItemId, y.ItemId);
    });
}
