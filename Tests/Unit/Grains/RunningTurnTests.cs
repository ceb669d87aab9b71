using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Sessions;
using AgentRec.Grains.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace AgentRec.Tests.Unit.Grains;

public sealed class RunningTurnTests : IDisposable
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromSeconds(5);
    private readonly FakeTimeProvider _time = new();
    private readonly RunningTurn _turn;

    public RunningTurnTests() => _turn = new RunningTurn(1, "t", TurnRequest.Empty, "digest", new SessionOptions(), _time);

    public void Dispose() => _turn.Dispose();

    [Fact]
    public void Turn_ThatNobodyAttends_IsCancelled()
    {
        _time.Advance(Abandoned - TimeSpan.FromMilliseconds(1));
        Assert.False(_turn.Token.IsCancellationRequested);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(_turn.Token.IsCancellationRequested);
        Assert.Equal("nobody read or awaited the turn", _turn.CancelledBecause);
    }

    [Fact]
    public void Turn_ThatIsAttended_IsNotAbandoned()
    {
        using var attendance = _turn.Attend();

        _time.Advance(Abandoned + TimeSpan.FromSeconds(1));

        Assert.False(_turn.Token.IsCancellationRequested);
    }

    [Fact]
    public void Turn_ThatTheLastOneLeaves_IsAbandonedAfterTheWholePeriod()
    {
        var (first, second) = (_turn.Attend(), _turn.Attend());
        first.Dispose();
        first.Dispose();
        _time.Advance(Abandoned);
        Assert.False(_turn.Token.IsCancellationRequested);

        second.Dispose();
        _time.Advance(Abandoned - TimeSpan.FromMilliseconds(1));
        Assert.False(_turn.Token.IsCancellationRequested);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(_turn.Token.IsCancellationRequested);
    }

    [Fact]
    public void Turn_ThatSomebodyComesBackTo_GoesOn()
    {
        _turn.Attend().Dispose();
        _time.Advance(Abandoned - TimeSpan.FromMilliseconds(1));
        using var attendance = _turn.Attend();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(_turn.Token.IsCancellationRequested);
    }

    [Fact]
    public void Turn_OutOfTime_IsCancelledWithoutAReason()
    {
        using var attendance = _turn.Attend();

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.True(_turn.Token.IsCancellationRequested);
        Assert.Null(_turn.CancelledBecause);
    }

    [Fact]
    public async Task Turn_ThatEnded_IsNeverAbandoned()
    {
        var attendance = _turn.Attend();
        _turn.End(new TurnEnding(null, "internal", null));
        attendance.Dispose();
        _time.Advance(Abandoned);

        Assert.False(_turn.Token.IsCancellationRequested);
        Assert.Equal("internal", (await _turn.Ending).Failure);
    }

    [Fact]
    public void Cancel_Twice_KeepsTheFirstReason()
    {
        _turn.Cancel("first");
        _turn.Cancel("second");

        Assert.Equal("first", _turn.CancelledBecause);
    }
}
