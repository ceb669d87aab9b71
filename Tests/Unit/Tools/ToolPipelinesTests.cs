using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Tools;

namespace AgentRec.Tests.Unit.Tools;

/// <summary>What becomes of calls to tools that are slow, fail, are busy or rest.</summary>
public sealed class ToolPipelinesTests
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Run_OfAToolThatAnswers_GivesTheAnswer()
    {
        using var world = new ToolWorld();

        Assert.Equal(new ToolAnswer<int>(7, null), await world.AnswerAsync());
    }

    [Fact]
    public async Task Run_OfAToolThatFails_SaysSo()
    {
        using var world = new ToolWorld();

        Assert.Equal(new ToolAnswer<int>(0, DropReasons.Failed), await world.FailAsync());
    }

    [Fact]
    public async Task Run_OfARankingModelThatIsAway_GivesItsOwnReason()
    {
        using var world = new ToolWorld();

        Assert.Equal("the host is away", (await world.FailAsync(new RankingUnavailableException("the host is away"))).Reason);
    }

    [Theory]
    [InlineData(50, null, 50)]
    [InlineData(50, 20, 20)]
    [InlineData(3, 20, 3)]
    [InlineData(9999, null, 500)]
    public async Task Run_OfASlowTool_EndsWithTheLesserOfItsBudgetAndTheTurns(int left, int? own, int expected)
    {
        using var world = new ToolWorld(limits => limits.BudgetMilliseconds = own);

        var running = world.HangAsync(TimeSpan.FromMilliseconds(left));
        world.Clock.Advance(TimeSpan.FromMilliseconds(expected) - TimeSpan.FromTicks(1));
        Assert.False(running.IsCompleted);
        world.Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(DropReasons.Late, (await running).Reason);
    }

    [Fact]
    public async Task Run_WhereTheTurnsTimeIsSpent_DoesNotAsk()
    {
        using var world = new ToolWorld();

        var answer = await world.Pipelines.RunAsync<int>(ToolWorld.Tool, TimeSpan.Zero, _ => throw new InvalidOperationException("it was asked"), default);

        Assert.Equal(DropReasons.NoTimeLeft, answer.Reason);
    }

    [Fact]
    public async Task Run_WhoseTurnIsGivenUp_Throws()
    {
        using var world = new ToolWorld();
        using var turn = new CancellationTokenSource();

        var running = world.HangAsync(Turn, cancellationToken: turn.Token);
        await turn.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Run_OfAToolThatKeepsFailing_LeavesItAloneAndTriesItAgainLater()
    {
        using var world = new ToolWorld(limits => (limits.BreakAfterCalls, limits.BreakMilliseconds) = (3, 2_000));
        for (var call = 0; call < 3; call++)
            Assert.Equal(DropReasons.Failed, (await world.FailAsync()).Reason);

        Assert.True(world.Pipelines.IsResting(ToolWorld.Tool));
        Assert.Equal(DropReasons.Resting, (await world.AnswerAsync()).Reason);

        world.Clock.Advance(TimeSpan.FromMilliseconds(2_000));
        Assert.False(world.Pipelines.IsResting(ToolWorld.Tool));
        Assert.Equal(7, (await world.AnswerAsync()).Value);
        Assert.Equal(7, (await world.AnswerAsync()).Value);
    }

    [Fact]
    public async Task Run_OfAToolThatStillFailsAfterItsRest_LeavesItAloneAgain()
    {
        using var world = new ToolWorld(limits => (limits.BreakAfterCalls, limits.BreakMilliseconds) = (2, 1_000));
        await world.FailAsync();
        await world.FailAsync();
        world.Clock.Advance(TimeSpan.FromMilliseconds(1_000));

        Assert.Equal(DropReasons.Failed, (await world.FailAsync()).Reason);

        Assert.True(world.Pipelines.IsResting(ToolWorld.Tool));
        Assert.Equal(DropReasons.Resting, (await world.AnswerAsync()).Reason);
    }

    [Fact]
    public async Task Run_OfOneToolThatRests_LeavesOthersAlone()
    {
        using var world = new ToolWorld(limits => limits.BreakAfterCalls = 2);
        await world.FailAsync();
        await world.FailAsync();

        Assert.False(world.Pipelines.IsResting(ToolNames.Ranking));
        Assert.Equal(7, (await world.Pipelines.RunAsync(ToolNames.Ranking, Turn, _ => ValueTask.FromResult(7), default)).Value);
    }

    [Theory]
    [InlineData(25, true)]
    [InlineData(24, false)]
    public async Task Run_OfASlowTool_CountsAgainstItOnlyWhereItHadAFairTime(int left, bool isResting)
    {
        using var world = new ToolWorld(limits => limits.BreakAfterCalls = 2);
        for (var call = 0; call < 2; call++)
        {
            var running = world.HangAsync(TimeSpan.FromMilliseconds(left));
            world.Clock.Advance(TimeSpan.FromMilliseconds(left));
            Assert.Equal(DropReasons.Late, (await running).Reason);
        }

        Assert.Equal(isResting, world.Pipelines.IsResting(ToolWorld.Tool));
    }

    [Fact]
    public async Task Run_BeyondBulkheadAndQueue_IsRefusedAtOnceAndCountsNotAgainstTheTool()
    {
        using var world = new ToolWorld(limits => (limits.Concurrency, limits.Queue, limits.BreakAfterCalls) = (1, 1, 2));
        var gate = new TaskCompletionSource<int>();
        var running = world.HangAsync(Turn, gate.Task);
        var waiting = world.HangAsync(Turn, Task.FromResult(8));

        for (var call = 0; call < 4; call++)
            Assert.Equal(DropReasons.Busy, (await world.AnswerAsync()).Reason);
        Assert.False(waiting.IsCompleted);
        Assert.False(world.Pipelines.IsResting(ToolWorld.Tool));

        gate.SetResult(7);
        Assert.Equal((7, 8), ((await running).Value, (await waiting).Value));
    }

    [Fact]
    public async Task Run_ThatWasGivenUpButGoesOn_KeepsItsPlaceUntilItEnds()
    {
        using var world = new ToolWorld(limits => (limits.Concurrency, limits.Queue) = (1, 0));
        var gate = new TaskCompletionSource<int>();
        var late = world.HangAsync(Turn, gate.Task);
        world.Clock.Advance(Turn);
        Assert.Equal(DropReasons.Late, (await late).Reason);

        Assert.Equal(DropReasons.Busy, (await world.AnswerAsync()).Reason);

        gate.SetResult(7);
        Assert.Equal(7, (await world.AnswerAsync()).Value);
    }
}
