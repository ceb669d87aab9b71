using System.Globalization;
using System.Runtime.InteropServices;
using AgentRec.Recommenders.Vectors;

namespace AgentRec.Benchmarks.Tools;

/// <summary>
/// Exact search by our index and by faiss, one thread each, taking turns on the same vectors; and once by hnswlib, which is
/// approximate.
/// </summary>
internal static class SearchBenchmark
{
    private const int Rows = 100_000;
    private const int Queries = 100;
    private const int Dimension = 64;
    private const int K = 100;
    private const int Rounds = 5;

    /// <summary>Measures.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var values = Draw((Rows + Queries) * Dimension);
        var bytes = MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        var queries = values[(Rows * Dimension)..];
        var index = new VectorIndex(values[..(Rows * Dimension)], Dimension);
        var (single, batch, partOfSingle, partOfBatch) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        // The first rounds teach the compiler what is hot.
        Measure();
        for (var round = 0; round < Rounds; round++)
        {
            // Other load weighs on both alike within a round, so quotients are kept, not rates.
            single.Clear();
            batch.Clear();
            for (var i = 0; i < Rounds; i++)
                Measure();
            if (await Peers.RunAsync("search", bytes, [Rows, Queries, Dimension, K], cancellationToken) is not { } peer || !peer.TryGetProperty("single", out var one))
            {
                await Console.Error.WriteLineAsync("search: no peer, for faiss is not installed (Debian's python3-faiss).");
                return [.. Figures(null, null), .. await GraphAsync()];
            }
            partOfSingle.Add(one.GetDouble() / Stopwatches.Median(single));
            partOfBatch.Add(peer.GetProperty("batch").GetDouble() / Stopwatches.Median(batch));
        }
        return [.. Figures(Stopwatches.Median(partOfSingle), Stopwatches.Median(partOfBatch)), .. await GraphAsync()];

        async Task<Figure[]> GraphAsync()
        {
            if (await Peers.RunAsync("graph", bytes, [Rows, Queries, Dimension, K], cancellationToken) is not { } peer || !peer.TryGetProperty("single", out var one))
            {
                await Console.Error.WriteLineAsync("graph: no peer, for hnswlib is not installed (Debian's python3-hnswlib).");
                return [];
            }
            var recall = peer.GetProperty("recall").GetDouble().ToString("F2", CultureInfo.InvariantCulture);
            return [Figure.Against($"the same, one query at a time, against hnswlib, which finds {recall} of them", Stopwatches.Median(single), "queries/s", one.GetDouble())];
        }

        void Measure()
        {
            single.Add(Queries / Stopwatches.Seconds(() =>
            {
                for (var q = 0; q < Queries; q++)
                    index.Search(queries.AsSpan(q * Dimension, Dimension), K);
            }));
            batch.Add(Queries / Stopwatches.Seconds(() => index.SearchAll(queries, K)));
        }

        Figure[] Figures(double? ofSingle, double? ofBatch) =>
        [
            Of($"exact top {K} of {Rows} x {Dimension}, one query at a time, against faiss", Stopwatches.Median(single), ofSingle),
            Of($"exact top {K} of {Rows} x {Dimension}, {Queries} queries together, against faiss", Stopwatches.Median(batch), ofBatch),
        ];
    }

    private static Figure Of(string name, double perSecond, double? part) =>
        part is { } known ? Figure.Against(name, perSecond, "queries/s", perSecond * known) : new Figure(name, Math.Round(perSecond, 1), "queries/s");

    private static float[] Draw(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5))];
    }
}
