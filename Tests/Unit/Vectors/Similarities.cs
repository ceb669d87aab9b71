using AgentRec.Grains.Abstractions.Vectors;

namespace AgentRec.Tests.Unit.Vectors;

/// <summary>Compares answers of indexes that add up in different orders: what is equally similar, to within rounding, may stand for each other.</summary>
internal static class Similarities
{
    private const float Rounding = 1e-4f;

    /// <summary>Asserts that an answer is the expected one, or a permutation of equally similar items.</summary>
    /// <param name="expected">The expected answer.</param>
    /// <param name="actual">The answer.</param>
    /// <param name="passing">Every item that passes the filter, with its similarity.</param>
    public static void AssertSame(IReadOnlyList<ItemHit> expected, IReadOnlyList<ItemHit> actual, IEnumerable<ItemHit> passing)
    {
        var known = passing.ToDictionary(hit => hit.ItemId, hit => hit.Similarity, StringComparer.Ordinal);
        Assert.Equal(expected.Count, actual.Count);
        Assert.Equal(actual.Count, actual.Select(hit => hit.ItemId).Distinct(StringComparer.Ordinal).Count());
        for (var place = 0; place < expected.Count; place++)
        {
            Assert.True(known.TryGetValue(actual[place].ItemId, out var similarity), $"'{actual[place].ItemId}' does not pass the filter");
            Assert.InRange(actual[place].Similarity, similarity - Rounding, similarity + Rounding);
            Assert.InRange(actual[place].Similarity, expected[place].Similarity - Rounding, expected[place].Similarity + Rounding);
        }
    }
}
