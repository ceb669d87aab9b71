using System.Buffers;

namespace AgentRec.Inference.Transport;

/// <summary>
/// Lets callers share requests. A caller alone waits for nobody; while as many requests are under way as may be, calls wait, and those
/// that wait go together as soon as one is answered. A small model costs less than its message: shared, the message is paid once.
/// </summary>
/// <param name="transport">Where requests go.</param>
/// <param name="places">How many are under way at a time.</param>
internal sealed class JoinedCalls(IInferenceTransport transport, int places)
{
    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = [];
    private int _underWay;

    /// <summary>Has rows scored, with others' where there are others.</summary>
    /// <param name="call">The rows, no more than <paramref name="greatestRows"/>.</param>
    /// <param name="greatestRows">How many rows one request may have.</param>
    /// <param name="cancellationToken">Gives up on the answer; a request ends when nobody waits for it any more.</param>
    /// <returns>The answer, with the scores of the caller's own rows.</returns>
    /// <exception cref="ServerFault">The request failed, for all who shared it.</exception>
    public Task<InferenceAnswer> InferAsync(InferenceCall call, int greatestRows, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(call, greatestRows, cancellationToken);
        lock (_lock)
        {
            _waiting.Enqueue(waiting);
            if (_underWay == places)
                return waiting.Answer.WaitAsync(cancellationToken);
            _underWay++;
        }
        _ = RunAsync();
        return waiting.Answer.WaitAsync(cancellationToken);
    }

    /// <summary>Sends what waits, request after request, until nothing does.</summary>
    private async Task RunAsync()
    {
        while (Take() is [_, ..] together)
        {
            try
            {
                await SendAsync(together);
            }
            catch (Exception exception)
            {
                foreach (var one in together)
                    one.Fail(exception);
            }
        }
    }

    /// <summary>The calls of the next request, in the order of arrival; none, and a place free, where nothing waits.</summary>
    private List<Waiting> Take()
    {
        var together = new List<Waiting>();
        var rows = 0;
        lock (_lock)
        {
            while (_waiting.TryPeek(out var next) && (together.Count == 0 || next.Joins(together[0], rows)))
            {
                _waiting.Dequeue();
                if (next.IsAbandoned)
                    continue;
                together.Add(next);
                rows += next.Call.Rows;
            }
            if (together.Count == 0)
                _underWay--;
        }
        return together;
    }

    private async Task SendAsync(List<Waiting> together)
    {
        if (together is [var only])
        {
            only.Complete(await transport.InferAsync(only.Call, only.CancellationToken));
            return;
        }
        var values = together.Sum(static one => one.Call.Values.Length);
        var gathered = ArrayPool<float>.Shared.Rent(values);
        var end = 0;
        foreach (var one in together)
        {
            one.Call.Values.CopyTo(gathered.AsMemory(end));
            end += one.Call.Values.Length;
        }
        var call = together[0].Call with { Values = gathered.AsMemory(0, values) };
        using var nobody = new CancellationTokenSource();
        var waiting = together.Count;
        var departures = together.ConvertAll(one => one.CancellationToken.UnsafeRegister(
            _ =>
            {
                if (Interlocked.Decrement(ref waiting) == 0)
                    nobody.Cancel();
            },
            null));
        InferenceAnswer answer;
        try
        {
            answer = await transport.InferAsync(call, nobody.Token);
        }
        finally
        {
            foreach (var departure in departures)
                await departure.DisposeAsync();
        }
        // Not where it failed: whoever sends may still read.
        ArrayPool<float>.Shared.Return(gathered);
        if (answer.Scores.Length != call.Rows)
            throw ServerFault.WrongCount(answer.Scores.Length, call.Rows);
        var first = 0;
        foreach (var one in together)
        {
            one.Complete(answer with { Scores = answer.Scores.AsSpan(first, one.Call.Rows).ToArray() });
            first += one.Call.Rows;
        }
    }

    /// <summary>A call until it is answered.</summary>
    private sealed class Waiting(InferenceCall call, int greatestRows, CancellationToken cancellationToken)
    {
        // The next request must not wait for what a caller does with its answer.
        private readonly TaskCompletionSource<InferenceAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public InferenceCall Call => call;

        public CancellationToken CancellationToken => cancellationToken;

        public Task<InferenceAnswer> Answer => _answer.Task;

        public bool IsAbandoned => cancellationToken.IsCancellationRequested;

        public bool Joins(Waiting first, int rows) =>
            call.Features == first.Call.Features && string.Equals(call.Version, first.Call.Version, StringComparison.Ordinal)
            && rows + call.Rows <= Math.Min(greatestRows, first.GreatestRows);

        private int GreatestRows => greatestRows;

        public void Complete(InferenceAnswer answer) => _answer.SetResult(answer);

        public void Fail(Exception exception)
        {
            _answer.TrySetException(exception);
            // Who has given up does not look.
            _ = _answer.Task.Exception;
        }
    }
}
