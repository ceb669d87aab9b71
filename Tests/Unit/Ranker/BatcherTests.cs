using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using AgentRec.Ranker;
using AgentRec.Ranker.Batching;
using AgentRec.Ranker.Metrics;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;

namespace AgentRec.Tests.Unit.Ranker;

/// <summary>Requests of many callers run together, and each caller hears of its own.</summary>
public sealed class BatcherTests
{
    [Fact]
    public async Task Enqueue_WhileTheModelIsBusy_RunsTogetherAfterwards()
    {
        await using var model = new GatedModel(new RankerOptions { MaximumBatchRows = 4_096, MaximumDelayMicroseconds = 0 });
        var first = model.Enqueue(1);
        model.AwaitRun();
        Task<float[]>[] later = [.. Enumerable.Range(2, 63).Select(model.Enqueue)];
        model.Open();

        AssertScores(await first, 10);
        for (var i = 0; i < later.Length; i++)
            AssertScores(await later[i], [.. Enumerable.Repeat((i + 2) * 10f, i + 2)]);
        Assert.Equal([1, Enumerable.Range(2, 63).Sum()], model.Runs);
    }

    [Fact]
    public void Enqueue_AnyRequests_AreScoredWholeInOrderAndWithinTheLimit() =>
        Gen.Select(Gen.Int[1, 20].Array[1, 60], Gen.Int[20, 64], Gen.Int[1, 3]).Sample((sizes, limit, parallel) =>
            ScoredAsync(sizes, limit, parallel).GetAwaiter().GetResult(), iter: 200);

    private static async Task<bool> ScoredAsync(int[] sizes, int limit, int parallel)
    {
        await using var model = new GatedModel(new RankerOptions { MaximumBatchRows = limit, MaximumDelayMicroseconds = 0, ParallelRuns = parallel });
        Task<float[]>[] answers = [.. sizes.Select(model.Enqueue)];
        model.Open();
        for (var i = 0; i < sizes.Length; i++)
        {
            if (!(await answers[i]).SequenceEqual(Enumerable.Repeat(sizes[i] * 10f, sizes[i])))
                return false;
        }
        // Neighbouring batches hold more than the limit together, or they would be one; but for those that were taken before all had come.
        var runs = model.Runs;
        return runs.Sum() == sizes.Sum() && runs.All(rows => rows <= limit) && runs.Length <= (2 * sizes.Sum() / limit) + 1 + parallel;
    }

    [Fact]
    public async Task Enqueue_MoreRowsThanMayWait_IsRefused()
    {
        await using var model = new GatedModel(new RankerOptions { MaximumBatchRows = 4, MaximumQueuedRows = 8, MaximumDelayMicroseconds = 0 });
        var first = model.Enqueue(1);
        model.AwaitRun();
        var second = model.Enqueue(8);

        Assert.Equal(Admission.Full, model.Batcher.Enqueue(new WaitingRows(new byte[4], 1, CancellationToken.None)));

        model.Open();
        await first;
        await second;
        AssertScores(await model.Enqueue(5), 50, 50, 50, 50, 50);
    }

    [Fact]
    public async Task Enqueue_AfterTheEnd_IsClosed_AndWhatWaitedIsScored()
    {
        var model = new GatedModel(new RankerOptions { MaximumDelayMicroseconds = 0 });
        var first = model.Enqueue(1);
        model.AwaitRun();
        var second = model.Enqueue(2);
        var end = model.Batcher.DisposeAsync();

        Assert.Equal(Admission.Closed, model.Batcher.Enqueue(new WaitingRows(new byte[4], 1, CancellationToken.None)));

        model.Open();
        await end;
        AssertScores(await first, 10);
        AssertScores(await second, 20, 20);
    }

    [Fact]
    public async Task Enqueue_AbandonedWhileItWaits_IsNotRun()
    {
        await using var model = new GatedModel(new RankerOptions { MaximumDelayMicroseconds = 0 });
        var first = model.Enqueue(1);
        model.AwaitRun();
        using var caller = new CancellationTokenSource();
        var abandoned = new WaitingRows(new byte[4 * 3], 3, caller.Token);
        model.Batcher.Enqueue(abandoned);
        var last = model.Enqueue(2);
        await caller.CancelAsync();
        model.Open();

        await first;
        await last;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned.Scores);
        Assert.Equal([1, 2], model.Runs);
    }

    [Fact]
    public async Task Enqueue_ModelFails_TellsEveryCaller_AndGoesOn()
    {
        var failing = true;
        using var metrics = Metrics();
        await using var batcher = new Batcher(
            (_, scores) =>
            {
                if (failing)
                    throw new InvalidOperationException("out of order");
                scores.Fill(1);
            },
            "m", new RankerOptions(), metrics, TimeProvider.System);
        var request = new WaitingRows(new byte[4], 1, CancellationToken.None);
        batcher.Enqueue(request);
        await Assert.ThrowsAsync<InvalidOperationException>(() => request.Scores);

        failing = false;
        var next = new WaitingRows(new byte[4], 1, CancellationToken.None);
        batcher.Enqueue(next);
        Assert.Equal(1f, MemoryMarshal.Cast<byte, float>((await next.Scores).Span)[0]);
    }

    private static void AssertScores(float[] actual, params float[] expected) => Assert.Equal(expected, actual);

    private static RankerMetrics Metrics() => new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    /// <summary>A model of one feature that gives ten times its value, and waits at a gate before its first answer.</summary>
    private sealed class GatedModel : IAsyncDisposable
    {
        private readonly ManualResetEventSlim _gate = new();
        private readonly ManualResetEventSlim _running = new();
        private readonly RankerMetrics _metrics = Metrics();
        private readonly List<int> _runs = [];

        public GatedModel(RankerOptions options) => Batcher = new Batcher(Score, "m", options, _metrics, TimeProvider.System);

        public Batcher Batcher { get; }

        /// <summary>The rows of each run, in their order.</summary>
        public int[] Runs
        {
            get
            {
                lock (_runs)
                    return [.. _runs];
            }
        }

        public void Open() => _gate.Set();

        /// <summary>Waits until the model is at the gate.</summary>
        public void AwaitRun() => Assert.True(_running.Wait(TimeSpan.FromSeconds(30)));

        /// <summary>Asks for scores of as many rows, each with that number in it.</summary>
        public async Task<float[]> Enqueue(int rows)
        {
            var request = new WaitingRows(MemoryMarshal.AsBytes<float>([.. Enumerable.Repeat((float)rows, rows)]).ToArray(), rows, CancellationToken.None);
            Assert.Equal(Admission.Queued, Batcher.Enqueue(request));
            return MemoryMarshal.Cast<byte, float>((await request.Scores).Span).ToArray();
        }

        public async ValueTask DisposeAsync()
        {
            _gate.Set();
            await Batcher.DisposeAsync();
            _metrics.Dispose();
        }

        private void Score(ReadOnlySpan<float> rows, Span<float> scores)
        {
            lock (_runs)
                _runs.Add(rows.Length);
            _running.Set();
            _gate.Wait();
            for (var i = 0; i < rows.Length; i++)
                scores[i] = rows[i] * 10;
        }
    }
}
