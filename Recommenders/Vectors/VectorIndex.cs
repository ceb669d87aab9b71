using System.Collections.Immutable;
using System.Numerics;
using System.Numerics.Tensors;

namespace AgentRec.Recommenders.Vectors;

/// <summary>A handle with its similarity to a query.</summary>
/// <param name="Handle">The item.</param>
/// <param name="Similarity">The inner product with the query.</param>
public readonly record struct VectorHit(int Handle, float Similarity);

/// <summary>
/// Exact search for the greatest inner products. A first pass over bytes leaves out what cannot be among them (see
/// <see cref="CoarseRows"/>; made at the first search, a third of the vectors' own memory), the rest is compared in floats.
/// Filters are applied while scanning, so that k hits are found wherever k items pass.
/// </summary>
/// <param name="rows">The vectors by handle, row-major [items, dimension].</param>
/// <param name="dimension">The length of a vector.</param>
public sealed class VectorIndex(float[] rows, int dimension)
{
    // So many blocks of 64 components stay in a core's own cache while query after query passes over them.
    private const int BlocksAtATime = 64;

    // With fewer vectors, to round them takes longer than to scan them.
    private const int LeastCoarse = 1_024;

    private readonly Lazy<CoarseRows?> coarse = new(() =>
        ByteDot.IsSupported && rows.Length / dimension >= LeastCoarse ? new CoarseRows(rows, dimension) : null);

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
        var best = new BestHits(Math.Min(k, Count));
        if (Rounded(query) is { } rounded)
            Scan(coarse.Value!, rounded, query, 0, coarse.Value!.BlockCount, best, admits);
        else
            Scan(query, best, admits);
        return best.Falling();
    }

    /// <summary>Searches for several queries at once: vectors are fetched once for all of them.</summary>
    /// <param name="queries">The queries, row-major [queries, <see cref="Dimension"/>].</param>
    /// <param name="k">How many to find for each.</param>
    /// <returns>What <see cref="Search"/> returns for each.</returns>
    public ImmutableArray<ImmutableArray<VectorHit>> SearchAll(ReadOnlySpan<float> queries, int k)
    {
        if (queries.Length % dimension != 0)
            throw new ArgumentException($"The queries have {queries.Length} components together, the index {dimension}: embed the queries in the index's own space.", nameof(queries));
        var count = queries.Length / dimension;
        if (k <= 0)
            return [.. Enumerable.Repeat(ImmutableArray<VectorHit>.Empty, count)];
        var (rounded, best) = (new CoarseQuery?[count], new BestHits[count]);
        for (var q = 0; q < count; q++)
        {
            (rounded[q], best[q]) = (Rounded(queries.Slice(q * dimension, dimension)), new BestHits(Math.Min(k, Count)));
            if (rounded[q] is null)
                Scan(queries.Slice(q * dimension, dimension), best[q], null);
        }
        for (var block = 0; block < (coarse.Value?.BlockCount ?? 0); block += BlocksAtATime)
        {
            var end = Math.Min(block + BlocksAtATime, coarse.Value!.BlockCount);
            for (var q = 0; q < count; q++)
            {
                if (rounded[q] is { } query)
                    Scan(coarse.Value!, query, queries.Slice(q * dimension, dimension), block, end, best[q], null);
            }
        }
        return [.. best.Select(hits => hits.Falling())];
    }

    /// <summary>The query in bytes; null where floats alone answer it.</summary>
    private CoarseQuery? Rounded(ReadOnlySpan<float> query) =>
        CoarseRows.HasPlainLength(TensorPrimitives.Norm(query)) && coarse.Value is not null ? new CoarseQuery(query) : null;

    private void Scan(CoarseRows bounds, CoarseQuery rounded, ReadOnlySpan<float> query, int block, int end, BestHits best, Func<int, bool>? admits)
    {
        for (; block < end; block++)
        {
            for (var left = bounds.Reaching(rounded, block, best.Floor); left != 0; left &= left - 1)
            {
                var handle = (block * CoarseRows.Block) + BitOperations.TrailingZeroCount(left);
                if (handle < Count)
                    Offer(handle, query, best, admits);
            }
        }
    }

    private void Scan(ReadOnlySpan<float> query, BestHits best, Func<int, bool>? admits)
    {
        for (var handle = 0; handle < Count; handle++)
            Offer(handle, query, best, admits);
    }

    private void Offer(int handle, ReadOnlySpan<float> query, BestHits best, Func<int, bool>? admits)
    {
        var similarity = TensorPrimitives.Dot(query, Vector(handle));
        if (!(similarity < best.Floor) && (admits is null || admits(handle)))
            best.Add(new VectorHit(handle, similarity));
    }
}
