using System.Diagnostics;
using AgentRec.Benchmarks.Turns;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Inference;
using AgentRec.Inference.Triton;
using AgentRec.Recommenders.Onnx;

namespace AgentRec.Benchmarks.Ranking;

/// <summary>
/// The same rows through the same model, twice: by ONNX Runtime in this process, and by a Ranker host of its own, over gRPC on
/// loopback. The machine is the same for both, load included, so that time and processor time per candidate compare.
/// </summary>
/// <param name="duration">How long each figure is measured.</param>
internal sealed class RankerBenchmark(TimeSpan duration)
{
    /// <summary>The candidates of a call.</summary>
    public const int Rows = 200;

    private const int Callers = 64;
    private const int MaximumBatch = 4_096;

    /// <summary>On a busy machine it takes this long until both processes run what the compiler has finished with.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    private static readonly (string Name, int[] Widths)[] Networks =
    [
        ("40-64-32-1", [40, 64, 32, 1]),
        ("40-512-256-1", [40, 512, 256, 1]),
    ];

    /// <summary>Measures.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        foreach (var (name, widths) in Networks)
        {
            var batch = new RankingBatch("", Rows, widths[0], Draw(new Random(2), Rows * widths[0], 1));
            figures.AddRange(await CompareAsync(name, OnnxExport.Write(Network(widths)), widths[0], () => batch, cancellationToken));
        }
        return figures;
    }

    /// <summary>Compares one model's two ways.</summary>
    /// <param name="name">What the figures begin with.</param>
    /// <param name="model">The ONNX file.</param>
    /// <param name="features">The number of features of a row.</param>
    /// <param name="prepare">Makes a batch of <see cref="Rows"/> rows; both ways pay for it, call by call.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Figure>> CompareAsync(
        string name, byte[] model, int features, Func<RankingBatch> prepare, CancellationToken cancellationToken)
    {
        var local = await InProcessAsync(model, prepare, cancellationToken);
        var remote = await ThroughHostAsync(model, features, prepare, cancellationToken);
        return
        [
            Figure.Against($"{name}: time per candidate, {Callers} callers", remote.Microseconds, "us", local.Microseconds),
            Figure.Against($"{name}: processor time per candidate, both processes", remote.ProcessorMicroseconds, "us", local.ProcessorMicroseconds),
            Figure.Against($"{name}: median call of {Rows} candidates", remote.Latency.P50, "ms", local.Latency.P50),
            new Figure($"{name}: requests in a batch", Math.Round(remote.RequestsPerRun, 1), ""),
        ];
    }

    private async Task<Cost> InProcessAsync(byte[] model, Func<RankingBatch> prepare, CancellationToken cancellationToken)
    {
        using var session = OnnxSession.Load(model);
        var scores = new float[Callers][];
        for (var caller = 0; caller < Callers; caller++)
            scores[caller] = new float[Rows];
        return await MeasureAsync(
            (caller, _) =>
            {
                var start = Stopwatch.GetTimestamp();
                session.Score(prepare().Values.Span, scores[caller]);
                return Task.FromResult(Stopwatch.GetElapsedTime(start));
            },
            static () => TimeSpan.Zero, cancellationToken);
    }

    private async Task<Cost> ThroughHostAsync(byte[] model, int features, Func<RankingBatch> prepare, CancellationToken cancellationToken)
    {
        var repository = Directory.CreateTempSubdirectory("agentrec-benchmark-");
        try
        {
            TritonRepository.Write(repository.FullName, "ranker", 1, model, features, MaximumBatch, 100, "benchmark");
            await using var host = await RankerProcess.StartAsync(repository.FullName, cancellationToken);
            await using var client = new OpenInferenceClient(new RankingOptions { Endpoint = host.Grpc, TimeoutMilliseconds = 30_000 });
            var cost = await MeasureAsync(
                async (_, _) =>
                {
                    var start = Stopwatch.GetTimestamp();
                    await client.ScoreAsync(prepare(), cancellationToken);
                    return Stopwatch.GetElapsedTime(start);
                },
                () => host.ProcessorTime, cancellationToken);
            return cost with { RequestsPerRun = await host.RequestsPerRunAsync(cancellationToken) };
        }
        finally
        {
            repository.Delete(recursive: true);
        }
    }

    private async Task<Cost> MeasureAsync(Func<int, bool, Task<TimeSpan>> call, Func<TimeSpan> otherProcessor, CancellationToken cancellationToken)
    {
        await ClosedLoop.RunAsync(Callers, TimeSpan.Zero, WarmUp, call, cancellationToken);
        using var self = Process.GetCurrentProcess();
        var before = self.TotalProcessorTime + otherProcessor();
        var throughput = await ClosedLoop.RunAsync(Callers, TimeSpan.Zero, duration, call, cancellationToken);
        self.Refresh();
        var processor = self.TotalProcessorTime + otherProcessor() - before;
        var candidates = (double)throughput.Latency.Count * Rows;
        return new Cost(duration.TotalMicroseconds / candidates, processor.TotalMicroseconds / candidates, throughput.Latency, RequestsPerRun: 1);
    }

    private static DenseNetwork Network(int[] widths)
    {
        var random = new Random(1);
        var layers = Enumerable.Range(0, widths.Length - 1).Select(i => new DenseLayer(
            widths[i], widths[i + 1], [.. Draw(random, widths[i] * widths[i + 1], 1 / Math.Sqrt(widths[i]))], [.. Draw(random, widths[i + 1], 0.1)],
            i == widths.Length - 2 ? Activation.None : Activation.Relu));
        return new DenseNetwork([.. new float[widths[0]]], [.. Enumerable.Repeat(1f, widths[0])], [.. layers]) { LinearWeights = [.. Draw(random, widths[0], 0.3)] };
    }

    private static float[] Draw(Random random, int count, double spread) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(spread * ((2 * random.NextDouble()) - 1)))];

    /// <summary>What a candidate costs.</summary>
    private sealed record Cost(double Microseconds, double ProcessorMicroseconds, Distribution Latency, double RequestsPerRun);
}
