using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Grains.Tools;

namespace AgentRec.Tests.Cluster;

/// <summary>Turns whose tools are slow, fail, rest or are busy, on a silo of their own: its clock and its circuits are theirs.</summary>
[Trait("Category", "Cluster")]
public sealed class ToolTests : IAsyncLifetime
{
    private const int Budget = 40;

    private static readonly TurnRequest Asked = TurnRequest.Empty with { Message = "war in space" };

    private readonly SiloFixture _silo = new()
    {
        Settings =
        {
            ["Planner:TurnBudgetMilliseconds"] = $"{Budget}",
            ["Tools:Vectors:Limits:BreakAfterCalls"] = "3",
            ["Tools:Vectors:Limits:BreakMilliseconds"] = "2000",
            ["Tools:Vectors:Limits:Concurrency"] = "1",
            ["Tools:Vectors:Limits:Queue"] = "0",
        },
    };

    public async Task InitializeAsync()
    {
        await _silo.InitializeAsync();
        // The search that the silo makes at its start is of the past: only a test's own calls count for the circuit.
        _silo.Clock.Advance(TimeSpan.FromMilliseconds(ToolLimits.CountedMilliseconds));
    }

    public Task DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task Turn_WithAWellTool_NamesWhatWasPlanned()
    {
        var session = await _silo.OpenAsync("well", "viewer-050");
        await _silo.TurnAsync(session);
        var turn = await _silo.TurnAsync(session, Asked);

        Assert.Empty(turn.Degraded);
        var first = await EventAsync("well", 1, TurnEventKind.Plan);
        Assert.Equal("warm user", first.GetProperty("case").GetString());
        Assert.Equal("nothing was asked in words", Assert.Single(first.GetProperty("skipped").EnumerateArray()).GetProperty("reason").GetString());
        var second = await EventAsync("well", 2, TurnEventKind.Plan);
        Assert.Equal(("warm user, request", true), (second.GetProperty("case").GetString(), second.GetProperty("isReturning").GetBoolean()));
        Assert.Equal(["collaborative", "vectors"], second.GetProperty("tools").EnumerateArray().Select(tool => tool.GetString()));
        Assert.Empty(second.GetProperty("skipped").EnumerateArray());
        var call = await EventAsync("well", 2, TurnEventKind.ToolCall);
        Assert.Equal(_silo.Planner.RetrievedByWords, call.GetProperty("hits").GetInt32());
        Assert.InRange(call.GetProperty("timings").GetProperty("milliseconds").GetDouble(), 0, 60_000);
    }

    [Fact]
    public async Task Turn_WhoseSearchIsSlow_EndsWithTheBudgetAndNamesIt()
    {
        var session = await _silo.OpenAsync("slow", "viewer-051");
        var entered = new TaskCompletionSource();
        using var deaf = _silo.SearchGate.Before(_ => Enter(entered));

        var running = _silo.TurnAsync(session, Asked);
        await entered.Task;
        _silo.Clock.Advance(TimeSpan.FromMilliseconds(Budget));
        var turn = await running;

        await AssertWithoutSearchAsync("slow", turn, DropReasons.Late);
    }

    [Fact]
    public async Task Turn_WhoseSearchFails_NamesIt()
    {
        using var broken = _silo.SearchGate.Before(_ => throw new InvalidOperationException("broken for a test"));

        await AssertWithoutSearchAsync("failing", await _silo.TurnAsync(await _silo.OpenAsync("failing", "viewer-052"), Asked), DropReasons.Failed);
    }

    [Fact]
    public async Task Turn_AfterManyFailures_LeavesTheToolAloneUntilItHasRested()
    {
        var session = await _silo.OpenAsync("resting", "viewer-053");
        var asked = 0;
        using (_silo.SearchGate.Before(_ =>
        {
            Interlocked.Increment(ref asked);
            throw new InvalidOperationException("broken for a test");
        }))
        {
            for (var turn = 0; turn < 3; turn++)
                Assert.Equal(DropReasons.Failed, Assert.Single((await _silo.TurnAsync(session, Asked)).Degraded).Reason);
            var rested = await _silo.TurnAsync(session, Asked);
            Assert.Equal(new Degradation("vectors", DropReasons.Resting), Assert.Single(rested.Degraded));
            Assert.Equal(3, asked);
        }
        var plan = await EventAsync("resting", 4, TurnEventKind.Plan);
        Assert.Equal("warm user, request, no tools", plan.GetProperty("case").GetString());
        Assert.Equal(DropReasons.Resting, Assert.Single(plan.GetProperty("skipped").EnumerateArray()).GetProperty("reason").GetString());

        _silo.Clock.Advance(TimeSpan.FromMilliseconds(2_000));
        var again = await _silo.TurnAsync(session, Asked);
        Assert.Empty(again.Degraded);
        Assert.Contains(again.Slate!.Items, item => item.Origins.Contains("vectors"));
    }

    [Fact]
    public async Task Turn_WhoseSearchIsBusy_NamesIt()
    {
        var entered = new TaskCompletionSource();
        var hold = new TaskCompletionSource();
        using var slow = _silo.SearchGate.Before(_ => Enter(entered, hold.Task));
        var first = _silo.TurnAsync(await _silo.OpenAsync("holds the place", "viewer-054"), Asked);
        await entered.Task;

        var second = await _silo.TurnAsync(await _silo.OpenAsync("finds it taken", "viewer-055"), Asked);
        hold.SetResult();

        await AssertWithoutSearchAsync("finds it taken", second, DropReasons.Busy);
        Assert.Empty((await first).Degraded);
    }

    [Theory]
    [InlineData("viewer-056", "warm user, request, no tools")]
    [InlineData("nobody knows", "new user, request, no tools")]
    public async Task Turn_WithAllToolsDown_StillGivesACertifiedSlate(string user, string expectedCase)
    {
        var session = await _silo.OpenAsync($"down {user}", user);
        using var broken = _silo.SearchGate.Before(_ => throw new InvalidOperationException("broken for a test"));
        for (var turn = 0; turn < 3; turn++)
            await _silo.TurnAsync(session, Asked);

        var last = await _silo.TurnAsync(session, Asked);

        Assert.Equal(expectedCase, (await EventAsync($"down {user}", 4, TurnEventKind.Plan)).GetProperty("case").GetString());
        Assert.Equal(10, last.Slate!.Items.Length);
        await _silo.VerifiedAsync(last);
    }

    [Fact]
    public async Task Turn_WithARequest_NominatesAndSearchesAtTheSameTime()
    {
        var session = await _silo.OpenAsync("parallel", "viewer-057");
        var (nominating, searching) = (new TaskCompletionSource(), new TaskCompletionSource());
        // Each waits for the other to have begun: one after the other, they would wait in vain.
        using var search = _silo.SearchGate.Before(_ => Enter(searching, nominating.Task));
        using var nomination = _silo.Gate.Before<IUserAgent>(nameof(IUserAgent.Nominate), (_, _) => Enter(nominating, searching.Task));

        var turn = await _silo.TurnAsync(session, Asked).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Empty(turn.Degraded);
        Assert.Contains(turn.Slate!.Items, item => item.Origins.Contains("vectors"));
    }

    private async Task AssertWithoutSearchAsync(string sessionId, TurnResult turn, string reason)
    {
        Assert.Equal(new Degradation("vectors", reason), Assert.Single(turn.Degraded));
        Assert.Equal(reason, (await EventAsync(sessionId, turn.Turn, TurnEventKind.ToolCall)).GetProperty("degraded").GetString());
        Assert.Equal(10, turn.Slate!.Items.Length);
        Assert.DoesNotContain(turn.Slate.Items, item => item.Origins.Contains("vectors"));
        await _silo.VerifiedAsync(turn);
    }

    private async Task<JsonElement> EventAsync(string sessionId, int turn, TurnEventKind kind)
    {
        var told = Assert.Single(await SiloFixture.EventsAsync(_silo.Session(sessionId), turn), one => one.Kind == kind);
        using var document = JsonDocument.Parse(told.Data);
        return document.RootElement.Clone();
    }

    private static Task Enter(TaskCompletionSource entered, Task? until = null)
    {
        entered.TrySetResult();
        return until ?? new TaskCompletionSource().Task;
    }
}
