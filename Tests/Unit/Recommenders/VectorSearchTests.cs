using System.Numerics.Tensors;
using AgentRec.Recommenders.Vectors;
using CsCheck;
using StableHash = AgentRec.Domain.StableHash;

namespace AgentRec.Tests.Unit.Recommenders;

/// <summary>Whatever leaves rows out while searching, what is found is what a plain scan finds, in the same order.</summary>
public sealed class VectorSearchTests
{
    // Enough rows that they are rounded, and not a multiple of a block.
    private const int Rows = 1_100;

    private static readonly Gen<(int Dimension, int Seed, int Kind, int K, int Step)> Cases =
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 1_000_000], Gen.Int[0, 6], Gen.OneOf(1, 3, 100, Rows, Rows + 5), Gen.OneOf(1, 1, 2, 97));

    [Fact]
    public void Search_OfAnyVectors_FindsWhatAPlainScanFinds() => Cases.Sample(
        one =>
        {
            var (dimension, seed, kind, k, step) = one;
            var random = new Random(seed);
            var rows = Draw(random, kind, Rows, dimension);
            var queries = Draw(random, kind, 3, dimension);
            // A row asked for itself, and a query that nothing resembles.
            rows.AsSpan(dimension * 7, dimension).CopyTo(queries);
            queries.AsSpan(dimension, dimension).Clear();
            var index = new VectorIndex(rows, dimension);
            Func<int, bool>? admits = step == 1 ? null : handle => handle % step == 0;

            var together = index.SearchAll(queries, k);
            for (var q = 0; q < 3; q++)
            {
                var query = queries.AsSpan(q * dimension, dimension).ToArray();
                Assert.Equal(Plain(rows, query, k, admits), index.Search(query, k, admits));
                Assert.Equal(Plain(rows, query, k, null), together[q]);
            }
        },
        iter: 150);

    [Fact]
    public void SearchAll_OfQueriesOfAnotherSpace_SaysSo() =>
        Assert.Contains("16", Assert.Throws<ArgumentException>(() => new VectorIndex(new float[32], 16).SearchAll(new float[24], 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void SearchAll_OfNothing_IsEmpty()
    {
        var index = new VectorIndex(new float[32], 16);

        Assert.Empty(index.SearchAll([], 3));
        Assert.Empty(Assert.Single(index.SearchAll(new float[16], 0)));
    }

    private static VectorHit[] Plain(float[] rows, float[] query, int k, Func<int, bool>? admits) =>
    [
        .. Enumerable.Range(0, rows.Length / query.Length)
            .Where(handle => admits is null || admits(handle))
            .Select(handle => new VectorHit(handle, TensorPrimitives.Dot<float>(query, rows.AsSpan(handle * query.Length, query.Length))))
            .OrderByDescending(hit => hit.Similarity)
            .ThenByDescending(hit => StableHash.Of(0, (ulong)hit.Handle))
            .Take(k),
    ];

    private static float[] Draw(Random random, int kind, int count, int dimension)
    {
        var rows = new float[count * dimension];
        for (var row = 0; row < count; row++)
        {
            // Lengths that differ, vectors that repeat, zeros, and lengths whose squares overflow or vanish.
            var size = kind switch
            {
                1 => Math.Exp((10 * random.NextDouble()) - 5),
                2 => row % 5 == 0 ? 0 : 1,
                3 => row % 3 == 0 ? 1e18 : row % 3 == 1 ? 1e-18 : 1,
                4 => row % 50 == 0 ? 1e-42 : 1e-15,
                _ => 1,
            };
            for (var i = 0; i < dimension; i++)
            {
                rows[(row * dimension) + i] = (float)(size * kind switch
                {
                    5 => random.Next(-1, 2),
                    6 => 1 + (1e-4 * random.NextDouble()),
                    _ => (2 * random.NextDouble()) - 1,
                });
            }
            if (row > 10 && row % 7 == 0)
                rows.AsSpan((row - 7) * dimension, dimension).CopyTo(rows.AsSpan(row * dimension, dimension));
        }
        return rows;
    }
}
