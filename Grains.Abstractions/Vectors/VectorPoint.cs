using System.Collections.Immutable;

namespace AgentRec.Grains.Abstractions.Vectors;

/// <summary>One item as an index keeps it.</summary>
/// <param name="ItemId">The item's id. A point takes the place of another of the same id.</param>
/// <param name="Vectors">The vectors by the name of their space.</param>
/// <param name="Facets">The facet values, by facet; a facet without values is absent.</param>
public sealed record VectorPoint(
    string ItemId,
    ImmutableSortedDictionary<string, ImmutableArray<float>> Vectors,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Facets)
{
    /// <summary>A digest of vectors and facets: points of equal stamp are the same for every query.</summary>
    public string Stamp
    {
        get
        {
            var hash = StableHash.Of(0, ItemId);
            foreach (var (space, vector) in Vectors)
            {
                hash = StableHash.Of(StableHash.Of(hash, space), (ulong)vector.Length);
                foreach (var component in vector)
                    hash = StableHash.Of(hash, BitConverter.SingleToUInt32Bits(component));
            }
            foreach (var (facet, values) in Facets)
            {
                hash = StableHash.Of(StableHash.Of(hash, facet), (ulong)values.Length);
                foreach (var value in values)
                    hash = StableHash.Of(hash, value);
            }
            return hash.ToString("x16");
        }
    }
}

/// <summary>What a scroll tells of a point.</summary>
/// <param name="ItemId">The item's id.</param>
/// <param name="Stamp">The point's <see cref="VectorPoint.Stamp"/>.</param>
public sealed record VectorRecord(string ItemId, string Stamp);

/// <summary>A page of a scroll.</summary>
/// <param name="Records">The points, each once in a scroll.</param>
/// <param name="Next">Where the next page begins; null after the last one.</param>
public sealed record VectorPage(ImmutableArray<VectorRecord> Records, string? Next);
