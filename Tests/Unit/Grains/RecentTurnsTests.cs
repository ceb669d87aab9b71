using AgentRec.Grains.Sessions;
using AgentRec.Tests.Unit.Storage;

namespace AgentRec.Tests.Unit.Grains;

public sealed class RecentTurnsTests
{
    private readonly RecentTurns _turns = new();

    [Fact]
    public void Find_OfTheLastTurn_HasIt_AndNoOther()
    {
        _turns.Keep("default/s-1", Samples.Turn("s-1", 1, "a").Turn);
        _turns.Keep("default/s-1", Samples.Turn("s-1", 2, "b").Turn);

        Assert.Equal(2, _turns.Find("default/s-1", 2)?.Result.Turn);
        Assert.Null(_turns.Find("default/s-1", 1));
        Assert.Null(_turns.Find("default/s-2", 2));
    }

    [Fact]
    public void Keep_OfManySessions_HoldsTheMostRecentAlone()
    {
        string[] sessions = [.. Enumerable.Range(0, 5_000).Select(i => $"default/s-{i}")];

        foreach (var session in sessions)
            _turns.Keep(session, Samples.Turn("s", 1, "a").Turn);

        Assert.NotNull(_turns.Find(sessions[^1], 1));
        Assert.InRange(sessions.Count(session => _turns.Find(session, 1) is not null), 1, 300);
    }

    [Fact]
    public void Forget_LetsGoOfTheTurn()
    {
        _turns.Keep("default/s-1", Samples.Turn("s-1", 1, "a").Turn);

        _turns.Forget("default/s-1");

        Assert.Null(_turns.Find("default/s-1", 1));
    }
}
