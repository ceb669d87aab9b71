using AgentRec.Simulation;

namespace AgentRec.Tests.Unit.Simulation;

public sealed class FidelityTests
{
    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 1, 2, 3 }, 0)]
    [InlineData(new double[] { 1, 2 }, new double[] { 3, 4 }, 1)]
    [InlineData(new double[] { 1, 1, 2, 2 }, new double[] { 1, 2, 2, 2 }, 0.25)]
    [InlineData(new double[] { 1 }, new double[0], 1)]
    [InlineData(new double[] { 0, 1, 2, 3 }, new double[] { 2 }, 0.5)]
    public void Distance_OfTwoSamples_IsTheGreatestGapOfTheirFunctions(double[] x, double[] y, double expected)
    {
        Assert.Equal(expected, Fidelity.Distance(x, y), 12);
        Assert.Equal(expected, Fidelity.Distance(y, x), 12);
    }

    [Fact]
    public void Report_PeopleWhoDoAgainWhatTheyDid_AreHardlyAnyDistanceAway()
    {
        var world = Worlds.Make(new Scenario { Name = "likeness", Arms = [new ArmTerms("only")], World = new SyntheticTerms { Users = 30, Items = 60, RatingsPerUser = 10 } }, new Chance(8));
        var fidelity = new Fidelity(world);
        // Everybody rates the past once more, one by one: each rating a session, as they lie days apart.
        foreach (var place in Enumerable.Range(0, 60))
        {
            fidelity.Add(new PeriodRows(
                [], [.. world.Past.Index().Where(past => past.Item.Length > place).Select(past => new ItemRow(past.Index, 1, 1, new Reading(past.Item[place].Item, true, past.Item[place].Rating, 1)))], 0, null));
        }

        var report = fidelity.Report("only", 0);

        Assert.Equal(["ratings", "activity", "popularity", "genreEntropy", "sessionLength"], report.Marginals.Select(marginal => marginal.Name));
        Assert.All(report.Marginals, marginal => Assert.True(marginal.Distance < 0.05, $"{marginal}"));
        Assert.Equal(world.Past.Sum(past => past.Length), report.Marginals[0].Simulated);
    }
}
