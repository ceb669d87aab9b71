using AgentRec.Inference;
using AgentRec.Inference.Transport;

namespace AgentRec.Tests.Unit.Inference;

/// <summary>Callers who share requests, over a transport that answers when the test says so: each row's score is its first feature.</summary>
public sealed class JoinedCallsTests
{
    private readonly HeldTransport _transport = new();

    [Fact]
    public async Task Call_WithAFreePlace_GoesAloneAndAtOnce()
    {
        var calls = new JoinedCalls(_transport, places: 2);
        var first = calls.InferAsync(Rows(1, 2), 100, default);
        var second = calls.InferAsync(Rows(3), 100, default);
        Assert.Equal([2, 1], _transport.Asked.Select(one => one.Rows));
        _transport.AnswerAll();
        Assert.Equal([1f, 2f], (await first).Scores.AsEnumerable());
        Assert.Equal([3f], (await second).Scores.AsEnumerable());
    }

    [Fact]
    public async Task Calls_ThatWait_GoTogetherUpToTheGreatestRows_AndEachHasItsOwn()
    {
        var calls = new JoinedCalls(_transport, places: 1);
        var answers = new[] { Rows(1), Rows(2, 3), Rows(4), Rows(5, 6, 7), Rows(8) }.Select(rows => calls.InferAsync(rows, 4, default)).ToArray();
        for (var n = 0; n < 3; n++)
            await _transport.AnswerNextAsync();
        Assert.Equal([1, 3, 4], _transport.Asked.Select(one => one.Rows));
        Assert.Equal([[1], [2, 3], [4], [5, 6, 7], [8]], (await Task.WhenAll(answers)).Select(answer => answer.Scores));
    }

    [Fact]
    public async Task Calls_ForOtherVersionsOrFeatures_DoNotJoin_AndKeepTheirOrder()
    {
        var calls = new JoinedCalls(_transport, places: 1);
        var answers = new[] { Rows(1), Rows(2), Rows(3) with { Version = "7" }, new InferenceCall("7", 2, new float[] { 4, 0, 5, 0 }), Rows(6) }
            .Select(rows => calls.InferAsync(rows, 100, default)).ToArray();
        for (var n = 0; n < 5; n++)
            await _transport.AnswerNextAsync();
        Assert.Equal(["", "", "7", "7", ""], _transport.Asked.Select(one => one.Version));
        Assert.Equal([[1], [2], [3], [4, 5], [6]], (await Task.WhenAll(answers)).Select(answer => answer.Scores));
    }

    [Fact]
    public async Task Request_ThatFails_FailsForAllWhoShareIt_AndNobodyElse()
    {
        var calls = new JoinedCalls(_transport, places: 1);
        var first = calls.InferAsync(Rows(1), 100, default);
        var shared = new[] { calls.InferAsync(Rows(2), 100, default), calls.InferAsync(Rows(3), 100, default) };
        await _transport.AnswerNextAsync();
        await _transport.FailNextAsync(new ServerFault("is away."));
        var later = calls.InferAsync(Rows(4), 100, default);
        await _transport.AnswerNextAsync();

        Assert.Equal([1f], (await first).Scores.AsEnumerable());
        foreach (var one in shared)
            Assert.Equal("is away.", (await Assert.ThrowsAsync<ServerFault>(() => one)).Message);
        Assert.Equal([4f], (await later).Scores.AsEnumerable());
    }

    [Fact]
    public async Task Answer_WithTooFewScores_IsAFaultForAllWhoShareIt()
    {
        var calls = new JoinedCalls(_transport, places: 1);
        _ = calls.InferAsync(Rows(1), 100, default);
        var shared = new[] { calls.InferAsync(Rows(2), 100, default), calls.InferAsync(Rows(3), 100, default) };
        await _transport.AnswerNextAsync();
        await _transport.AnswerNextAsync(leaveOut: 1);
        foreach (var one in shared)
            Assert.Equal("answered 1 scores for 2 rows.", (await Assert.ThrowsAsync<ServerFault>(() => one)).Message);
    }

    [Fact]
    public async Task Caller_WhoGivesUp_LeavesAtOnce_AndARequestEndsWithItsLastOne()
    {
        using CancellationTokenSource one = new(), other = new(), third = new();
        var calls = new JoinedCalls(_transport, places: 1);
        _ = calls.InferAsync(Rows(1), 100, default);
        var (leaving, staying, never) = (calls.InferAsync(Rows(2), 100, one.Token), calls.InferAsync(Rows(3), 100, other.Token), calls.InferAsync(Rows(4), 100, third.Token));
        await third.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => never);
        await _transport.AnswerNextAsync();
        var request = await _transport.NextAsync();
        Assert.Equal(2, request.Rows);

        await one.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        Assert.False(request.Token.IsCancellationRequested);
        await other.CancelAsync();
        Assert.True(request.Token.IsCancellationRequested);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => staying);

        var later = calls.InferAsync(Rows(5), 100, default);
        await _transport.AnswerNextAsync();
        Assert.Equal([5f], (await later).Scores.AsEnumerable());
    }

    private static InferenceCall Rows(params float[] rows) => new("", 1, rows);

    /// <summary>Keeps requests until they are answered, in the order in which they came.</summary>
    private sealed class HeldTransport : IInferenceTransport
    {
        private readonly Lock _lock = new();
        private readonly SemaphoreSlim _arrived = new(0);
        private readonly Queue<Held> _held = [];

        public List<(string Version, int Rows)> Asked { get; } = [];

        public Task<ModelContract> DescribeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<InferenceAnswer> InferAsync(InferenceCall call, CancellationToken cancellationToken)
        {
            // The rows are only the callers' while the request is under way.
            var held = new Held(call.Rows, [.. Enumerable.Range(0, call.Rows).Select(row => call.Values.Span[row * call.Features])], cancellationToken);
            cancellationToken.Register(() => held.Answer.TrySetCanceled(cancellationToken));
            lock (_lock)
            {
                Asked.Add((call.Version, call.Rows));
                _held.Enqueue(held);
            }
            _arrived.Release();
            return held.Answer.Task;
        }

        public async Task<Held> NextAsync()
        {
            await _arrived.WaitAsync();
            lock (_lock)
                return _held.Dequeue();
        }

        public async Task AnswerNextAsync(int leaveOut = 0)
        {
            var next = await NextAsync();
            next.Answer.SetResult(new InferenceAnswer("1", "", next.Scores[leaveOut..]));
        }

        public async Task FailNextAsync(Exception exception) => (await NextAsync()).Answer.SetException(exception);

        public void AnswerAll()
        {
            lock (_lock)
            {
                while (_held.TryDequeue(out var held))
                    held.Answer.SetResult(new InferenceAnswer("1", "", held.Scores));
            }
        }

        public void Dispose() => _arrived.Dispose();
    }

    private sealed record Held(int Rows, float[] Scores, CancellationToken Token)
    {
        public TaskCompletionSource<InferenceAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
