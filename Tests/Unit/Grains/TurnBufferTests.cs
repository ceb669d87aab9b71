using AgentRec.Domain;
using AgentRec.Grains.Sessions;

namespace AgentRec.Tests.Unit.Grains;

public sealed class TurnBufferTests
{
    private readonly TurnBuffer _buffer = new();

    [Fact]
    public void Append_Numbers_FromOneWithoutGaps()
    {
        Tell(TurnEventKind.Plan, TurnEventKind.ToolCall, TurnEventKind.Slate);

        Assert.Equal([1, 2, 3], _buffer.Events.Select(one => one.Number));
    }

    [Fact]
    public async Task ReadAsync_WhileTheTurnRuns_GetsEveryEventOnceInOrder()
    {
        var early = ReadAll(0);
        Tell(TurnEventKind.Plan, TurnEventKind.Nomination);
        var late = ReadAll(0);
        Tell(TurnEventKind.Proposal);
        Assert.False(early.IsCompleted);
        Tell(TurnEventKind.Slate);

        Assert.Equal([1, 2, 3, 4], await early);
        Assert.Equal([1, 2, 3, 4], await late);
    }

    [Fact]
    public async Task ReadAsync_OfReadersAtTheirOwnPace_HoldsNobodyUp()
    {
        await using var slow = _buffer.ReadAsync(0, default).GetAsyncEnumerator();
        Tell(TurnEventKind.Plan, TurnEventKind.Proposal);
        Assert.True(await slow.MoveNextAsync());
        Tell(TurnEventKind.Slate);

        Assert.Equal([1, 2, 3], await ReadAll(0));
        Assert.Equal(1, slow.Current.Number);
        Assert.True(await slow.MoveNextAsync());
        Assert.True(await slow.MoveNextAsync());
        Assert.Equal(3, slow.Current.Number);
        Assert.False(await slow.MoveNextAsync());
    }

    [Theory]
    [InlineData(-5, new[] { 1, 2, 3 })]
    [InlineData(1, new[] { 2, 3 })]
    [InlineData(2, new[] { 3 })]
    [InlineData(3, new int[0])]
    [InlineData(99, new int[0])]
    public async Task ReadAsync_OfAFinishedTurn_ResumesAndEnds(int after, int[] expected)
    {
        Tell(TurnEventKind.Plan, TurnEventKind.Proposal, TurnEventKind.Error);

        Assert.Equal(expected, await ReadAll(after));
    }

    [Fact]
    public async Task ReadAsync_BeyondTheEndOfARunningTurn_EndsWithTheTurn()
    {
        Tell(TurnEventKind.Plan);
        var reading = ReadAll(50);
        Tell(TurnEventKind.Question);

        Assert.Empty(await reading);
    }

    [Fact]
    public async Task ReadAsync_Cancelled_StopsWaiting()
    {
        using var enough = new CancellationTokenSource();
        var reading = ReadAll(0, enough.Token);
        await enough.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Tell(TurnEventKind.Slate);
        Assert.Equal([1], await ReadAll(0));
    }

    private void Tell(params TurnEventKind[] kinds)
    {
        foreach (var kind in kinds)
            _buffer.Append(kind, "{}");
    }

    private async Task<List<int>> ReadAll(int after, CancellationToken cancellationToken = default)
    {
        var numbers = new List<int>();
        await foreach (var one in _buffer.ReadAsync(after, cancellationToken))
            numbers.Add(one.Number);
        return numbers;
    }
}
