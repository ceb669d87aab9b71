using AgentRec.Simulation;

namespace AgentRec.Tests.Unit.Simulation;

/// <summary>The figures that the screen is held to, on real profiles.</summary>
public sealed class ScreenTrialTests
{
    [SharedDataFact]
    [Trait("Category", "Long")]
    public void Run_FiveKindsAtOneToFivePercent_FindsThemAndLeavesRealUsersAlone()
    {
        var figures = ScreenTrial.Run(Path.Combine(SharedData.Root, "ml-latest-small"), trials: 2, seed: 3);

        Assert.Equal(27, figures.Length);
        Assert.All(figures, one => Assert.True(one.Detection is not < 0.95, $"{one}"));
        Assert.All(figures, one => Assert.True(one.FalseAlarms <= 0.01, $"{one}"));
    }
}
