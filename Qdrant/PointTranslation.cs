using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Qdrant.Wire;

namespace AgentRec.Qdrant;

/// <summary>Puts points and schemas into Qdrant's terms.</summary>
internal static class PointTranslation
{
    /// <summary>A point as Qdrant keeps it.</summary>
    public static PointStruct Of(VectorPoint point)
    {
        var (words, numbers) = (new SortedDictionary<string, string[]>(StringComparer.Ordinal), new SortedDictionary<string, double[]>(StringComparer.Ordinal));
        foreach (var (facet, values) in point.Facets)
        {
            words[FacetKeys.Key(facet)] = [.. values.Select(FacetKeys.Fold)];
            if (Numbers(values) is { Length: > 0 } read)
                numbers[FacetKeys.Key(facet)] = read;
        }
        return new PointStruct(PointIds.Of(point.ItemId), point.Vectors, new PointPayload(point.ItemId, point.Stamp, words, numbers));
    }

    /// <summary>A vector space as Qdrant makes it.</summary>
    public static VectorParams Of(VectorSpace space) => new(space.Size, space.Similarity switch
    {
        VectorSimilarity.Dot => "Dot",
        _ => "Cosine",
    });

    private static double[] Numbers(ImmutableArray<string> values) =>
        [.. values.Select(value => FacetNumber.TryRead(value, out var number) ? number : double.NaN).Where(double.IsFinite)];
}
