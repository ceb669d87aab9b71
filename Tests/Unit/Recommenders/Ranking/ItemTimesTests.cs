using AgentRec.Recommenders;
using AgentRec.Recommenders.Ranking;
using CsCheck;

namespace AgentRec.Tests.Unit.Recommenders.Ranking;

public sealed class ItemTimesTests
{
    private const long Day = 86_400_000;

    [Fact]
    public void Before_AMoment_CountsWithDecayAndAge()
    {
        var times = Times([0, 30, 90]);

        var past = times.Before(0, 60 * Day);

        Assert.Equal(2, past.Count);
        Assert.Equal(0.25 + 0.5, past.Month, 1e-6);
        Assert.Equal(Math.Pow(2, -60 / 365.0) + Math.Pow(2, -30 / 365.0), past.Year, 1e-6);
        Assert.Equal((60, 30), (past.AgeDays, past.IdleDays));
    }

    [Fact]
    public void Before_OfAnItemThatIsNotThereYet_IsNothing()
    {
        Assert.Equal(default, Times([5]).Before(0, (5 * Day) - 1));
        Assert.Equal(1, Times([5]).Before(0, 5 * Day).Count);
        Assert.Equal(default, Times([5]).Before(1, 5 * Day));
    }

    [Fact]
    public void Before_AnyMoment_DoesNotDependOnWhatCameLater() =>
        Gen.Select(Gen.Int[0, 400].Array[0, 30], Gen.Int[0, 400]).Sample((days, now) =>
            Assert.Equal(Times([.. days.Where(day => day <= now)]).Before(0, now * Day), Times(days).Before(0, now * Day)));

    private static ItemTimes Times(params int[] days) =>
        ItemTimes.Of(new TrainingData(1, days.Select(day => UserHistory.Create([(0, day * Day)]))));
}
