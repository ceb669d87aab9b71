using System.Buffers;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using AgentRec.Ranker.Metrics;

namespace AgentRec.Ranker.Batching;

/// <summary>Scores rows, row-major, each on its own.</summary>
/// <param name="rows">The rows.</param>
/// <param name="scores">Receives a score for each.</param>
internal delegate void RowScorer(ReadOnlySpan<float> rows, Span<float> scores);

/// <summary>Whether rows were taken in.</summary>
internal enum Admission
{
    /// <summary>They wait; their scores will come.</summary>
    Queued,

    /// <summary>Too many wait already.</summary>
    Full,

    /// <summary>The model is no longer served.</summary>
    Closed,
}

/// <summary>
/// Runs the requests of many callers together: a batch is what waits when the model is free, in the order of arrival, up to a
/// number of rows. A request is never torn apart.
/// </summary>
internal sealed class Batcher : IAsyncDisposable
{
    private readonly RowScorer _score;
    private readonly string _model;
    private readonly RankerOptions _options;
    private readonly RankerMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly Channel<WaitingRows> _queue = Channel.CreateUnbounded<WaitingRows>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _runs;
    private readonly Task _loop;
    private int _queuedRows;
    private volatile bool _closed;

    /// <summary>Begins to take requests.</summary>
    /// <param name="score">The model.</param>
    /// <param name="model">Its name, for metrics.</param>
    /// <param name="options">The limits.</param>
    /// <param name="metrics">Hears of batches.</param>
    /// <param name="time">Measures the wait for company.</param>
    public Batcher(RowScorer score, string model, RankerOptions options, RankerMetrics metrics, TimeProvider time)
    {
        (_score, _model, _options, _metrics, _time) = (score, model, options, metrics, time);
        _runs = new SemaphoreSlim(options.ParallelRuns);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Takes rows in.</summary>
    /// <param name="rows">The rows, no more than a batch holds.</param>
    public Admission Enqueue(WaitingRows rows)
    {
        if (Interlocked.Add(ref _queuedRows, rows.Count) > _options.MaximumQueuedRows)
        {
            Interlocked.Add(ref _queuedRows, -rows.Count);
            return Admission.Full;
        }
        // Before the loop can take them out again.
        _metrics.Queued(_model, rows.Count);
        if (_queue.Writer.TryWrite(rows))
            return Admission.Queued;
        Leave(rows.Count);
        return Admission.Closed;
    }

    /// <summary>Takes nothing in any more, and ends when everything that waits has been scored.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        _queue.Writer.TryComplete();
        await _loop;
        _runs.Dispose();
    }

    private async Task RunAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            await _runs.WaitAsync();
            await FillAsync();
            var batch = Take();
            if (batch.Count > 0)
                _ = Task.Run(() => Run(batch));
            else
                _runs.Release();
        }
        for (var i = 0; i < _options.ParallelRuns; i++)
            await _runs.WaitAsync();
    }

    /// <summary>Waits for company. Timers are coarser than these delays: meanwhile the thread is lent to whoever brings the next request.</summary>
    private async Task FillAsync()
    {
        var delay = TimeSpan.FromMicroseconds(_options.MaximumDelayMicroseconds);
        var start = _time.GetTimestamp();
        while (Volatile.Read(ref _queuedRows) < _options.MaximumBatchRows && !_closed && _time.GetElapsedTime(start) < delay)
            await Task.Yield();
    }

    private List<WaitingRows> Take()
    {
        var batch = new List<WaitingRows>();
        var rows = 0;
        while (_queue.Reader.TryPeek(out var next) && (batch.Count == 0 || rows + next.Count <= _options.MaximumBatchRows))
        {
            _queue.Reader.TryRead(out _);
            Leave(next.Count);
            if (next.IsAbandoned)
            {
                next.Abandon();
                continue;
            }
            batch.Add(next);
            rows += next.Count;
        }
        return batch;
    }

    private void Run(List<WaitingRows> batch)
    {
        try
        {
            Score(batch);
        }
        catch (Exception exception)
        {
            foreach (var request in batch)
                request.Fail(exception);
        }
        finally
        {
            _runs.Release();
        }
    }

    private void Score(List<WaitingRows> batch)
    {
        var rows = batch.Sum(request => request.Count);
        var scores = new byte[rows * sizeof(float)];
        var start = _time.GetTimestamp();
        if (batch is [var only])
        {
            _score(MemoryMarshal.Cast<byte, float>(only.Values.Span), MemoryMarshal.Cast<byte, float>(scores.AsSpan()));
        }
        else
        {
            var bytes = batch.Sum(request => request.Values.Length);
            var gathered = ArrayPool<byte>.Shared.Rent(bytes);
            var end = 0;
            foreach (var request in batch)
            {
                request.Values.Span.CopyTo(gathered.AsSpan(end));
                end += request.Values.Length;
            }
            _score(MemoryMarshal.Cast<byte, float>(gathered.AsSpan(0, bytes)), MemoryMarshal.Cast<byte, float>(scores.AsSpan()));
            ArrayPool<byte>.Shared.Return(gathered);
        }
        _metrics.Ran(_model, batch.Count, rows, _time.GetElapsedTime(start));
        var first = 0;
        foreach (var request in batch)
        {
            request.Complete(scores.AsMemory(first * sizeof(float), request.Count * sizeof(float)));
            first += request.Count;
        }
    }

    private void Leave(int rows)
    {
        Interlocked.Add(ref _queuedRows, -rows);
        _metrics.Queued(_model, -rows);
    }
}
