using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace AgentRec.Recommenders.Vectors;

/// <summary>A handle with its similarity to a query.</summary>
/// <param name="Handle">The item.</param>
/// <param name="Similarity">The inner product with the query.</param>
public readonly record struct VectorHit(int Handle, float Similarity);

/// <summary>Exact search for the greatest inner products by a SIMD scan; filters are applied while scanning, so that k hits are found wherever k items pass.</summary>
/// <param name="rows">The vectors by handle, row-major [items, dimension].</param>
/// <param name="dimension">The length of a vector.</param>
public sealed class VectorIndex(float[] rows, int dimension)
{
    /// <summary>The number of vectors.</summary>
    public int Count => rows.Length / dimension;

    /// <summary>The length of a vector.</summary>
    public int Dimension => dimension;

    /// <summary>The vector of an item.</summary>
    /// <param name="handle">The item, in [0, <see cref="Count"/>).</param>
    public ReadOnlySpan<float> Vector(int handle) => rows.AsSpan(handle * dimension, dimension);

    /// <summary>The k items of greatest inner product, greatest first; ties are ordered by a hash of the handle.</summary>
    /// <param name="query">The query, <see cref="Dimension"/> long.</param>
    /// <param name="k">How many to find; fewer are returned where fewer pass.</param>
    /// <param name="admits">Which handles may be returned; all when null.</param>
    public ImmutableArray<VectorHit> Search(ReadOnlySpan<float> query, int k, Func<int, bool>? admits = null)
    {
        if (query.Length != dimension)
            throw new ArgumentException($"The query has {query.Length} components, the index {dimension}: embed the query in the index's own space.", nameof(query));
        if (k <= 0)
            return [];
        var worstFirst = new PriorityQueue<VectorHit, (float, ulong)>(k + 1);
        var floor = float.NegativeInfinity;
        for (var handle = 0; handle < Count; handle++)
        {
            var similarity = TensorPrimitives.Dot(query, Vector(handle));
            if (similarity < floor || (admits is not null && !admits(handle)))
                continue;
            var hit = new VectorHit(handle, similarity);
            if (worstFirst.Count < k)
                worstFirst.Enqueue(hit, Rank(hit));
            else
                worstFirst.EnqueueDequeue(hit, Rank(hit));
            if (worstFirst.Count == k)
                floor = worstFirst.Peek().Similarity;
        }
        return [.. worstFirst.UnorderedItems.OrderByDescending(entry => entry.Priority).Select(entry => entry.Element)];
    }

    private static (float, ulong) Rank(VectorHit hit) => (hit.Similarity, StableHash.Of(0, (ulong)hit.Handle));
}
