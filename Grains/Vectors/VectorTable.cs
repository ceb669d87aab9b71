using System.Collections.Immutable;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Recommenders.Vectors;

namespace AgentRec.Grains.Vectors;

/// <summary>
/// The points of one collection in process, searched exactly. A table does not change: whoever reads keeps to the one that was
/// there when the reading began.
/// </summary>
/// <param name="schema">What the points are made of.</param>
/// <param name="spaces">The vectors, by the name of their space.</param>
internal abstract class VectorTable(VectorSchema schema, ImmutableSortedDictionary<string, SpaceRows> spaces)
{
    /// <summary>What the points are made of.</summary>
    public VectorSchema Schema => schema;

    /// <summary>The number of points.</summary>
    public abstract int Count { get; }

    /// <summary>The item of a row.</summary>
    public abstract string ItemId(int row);

    /// <summary>The values of a facet, or of alternatives.</summary>
    public abstract ImmutableArray<string> Values(int row, string facet);

    /// <summary>The row as a point.</summary>
    public abstract VectorPoint Point(int row);

    /// <summary>Finds the points of greatest similarity.</summary>
    /// <exception cref="VectorIndexException">The query's vector is none of the space's.</exception>
    public ImmutableArray<ItemHit> Query(VectorQuery query)
    {
        if (schema.Problem(query.Space, query.Vector.AsSpan()) is { } problem)
            throw new VectorIndexException(VectorFailure.Refused, $"The query is not for this collection: {problem}.");
        if (!spaces.TryGetValue(query.Space, out var rows))
            return [];
        var admits = Admission(query.Filter);
        var vector = rows.Similarity is VectorSimilarity.Cosine ? SpaceRows.Unit(query.Vector.AsSpan()) : query.Vector.AsSpan();
        var (found, isTied) = (rows.Search(vector, Math.Min(query.Count, rows.Vectors.Count), admits), false);
        var hits = new ItemHit[found.Length];
        for (var place = 0; place < hits.Length; place++)
        {
            hits[place] = new ItemHit(ItemId(found[place].Handle), found[place].Similarity);
            isTied |= place > 0 && hits[place].Similarity.Equals(hits[place - 1].Similarity);
        }
        if (isTied)
            Array.Sort(hits, ItemHit.Order);
        return ImmutableCollectionsMarshal.AsImmutableArray(hits);
    }

    /// <summary>Counts what passes a filter.</summary>
    public long CountOf(VectorFilter filter) => Admission(filter) is { } admits ? Enumerable.Range(0, Count).LongCount(admits) : Count;

    /// <summary>Reads what passes a filter, page by page.</summary>
    public VectorPage Scroll(VectorFilter filter, string? next, int count)
    {
        var admits = Admission(filter) ?? (static _ => true);
        var records = ImmutableArray.CreateBuilder<VectorRecord>();
        var row = next is null ? 0 : int.Parse(next, CultureInfo.InvariantCulture);
        for (; row < Count && records.Count < count; row++)
        {
            if (admits(row))
                records.Add(new VectorRecord(ItemId(row), Point(row).Stamp));
        }
        return new VectorPage(records.ToImmutable(), row < Count ? row.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>The rows that pass a filter; null when all do.</summary>
    private Func<int, bool>? Admission(VectorFilter filter)
    {
        var (must, mustNot) = (filter.Must, filter.MustNot);
        return must.IsEmpty && mustNot.IsEmpty ? null : Admits;

        bool Admits(int row)
        {
            foreach (var condition in must)
            {
                if (!condition.IsMetBy(Values(row, condition.Facet)))
                    return false;
            }
            foreach (var condition in mustNot)
            {
                if (condition.IsMetBy(Values(row, condition.Facet)))
                    return false;
            }
            return true;
        }
    }
}

/// <summary>The vectors of one space.</summary>
/// <param name="Vectors">The vectors; of length 1 where <paramref name="Similarity"/> is the cosine.</param>
/// <param name="Similarity">How they compare.</param>
/// <param name="Rows">The table's row of each vector, ascending; null when the first rows have vectors and no others.</param>
internal sealed record SpaceRows(VectorIndex Vectors, VectorSimilarity Similarity, int[]? Rows)
{
    /// <summary>Finds the rows of greatest similarity.</summary>
    public ImmutableArray<VectorHit> Search(ReadOnlySpan<float> query, int count, Func<int, bool>? admits)
    {
        if (Rows is not { } rows)
            return Vectors.Search(query, count, admits);
        return [.. Vectors.Search(query, count, admits is null ? null : vector => admits(rows[vector])).Select(hit => hit with { Handle = rows[hit.Handle] })];
    }

    /// <summary>The same direction at length 1; a vector of length 0 stays what it is.</summary>
    public static float[] Unit(ReadOnlySpan<float> vector)
    {
        var unit = vector.ToArray();
        var length = TensorPrimitives.Norm<float>(unit);
        if (length > 0)
            TensorPrimitives.Divide(unit, length, unit);
        return unit;
    }
}
