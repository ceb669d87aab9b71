using AgentRec.Simulation;

namespace AgentRec.Tests.Unit.Simulation;

public sealed class GroupMeasuresTests
{
    private static readonly Scenario Terms = new()
    {
        Name = "groups", Arms = [new ArmTerms("only")], World = new SyntheticTerms { Users = 40, Items = 60, Providers = 4, RatingsPerUser = 10 },
        Population = [new PopulationTerms("glad", 1, new TraitTerms()), new PopulationTerms("sad", 1, new TraitTerms())],
    };

    private static readonly World There = Worlds.Make(Terms, new Chance(3));
    private static readonly Traits[] People = Traits.Of(Terms, There, new Chance(3));

    [Fact]
    public void Outcomes_KindsThatFareUnlike_NameEachAndHowFarTheyAreApart()
    {
        var measures = new GroupMeasures(Terms, "only", There, People);
        measures.Add(1, new PeriodRows([.. Enumerable.Range(0, 40).Select(user => Turn(user, satisfied: People[user].Kind == 0 ? 0.9 : 0.3))], [], 0, null));

        var outcomes = measures.Outcomes().ToArray();

        Assert.Equal(0.9, Value(outcomes, "people", "glad", "satisfaction"), 12);
        Assert.Equal(0.3, Value(outcomes, "people", "sad", "satisfaction"), 12);
        Assert.Equal(0.6, Value(outcomes, "gap", "people", "satisfaction"), 12);
        Assert.Equal(40, Value(outcomes, "past", "few ratings", "turns") + Value(outcomes, "past", "many ratings", "turns"));
    }

    [Fact]
    public void Outcomes_OneProviderAloneIsShown_HasAllExposureAndTheGapSaysSo()
    {
        var measures = new GroupMeasures(Terms, "only", There, People);
        var favourite = There.Items[0].Provider!;
        int[] shown = [.. Enumerable.Range(0, 60).Where(item => There.Items[item].Provider == favourite)];
        measures.Add(1, new PeriodRows([], [.. shown.Select((item, place) => new ItemRow(0, 1, place + 1, new Reading(item, true, null, 0.5)))], 0, null));

        var outcomes = measures.Outcomes().ToArray();

        // It has so many of sixty items and all of the showings.
        Assert.Equal(60.0 / shown.Length, Value(outcomes, "provider", favourite, "ratio"), 12);
        Assert.Equal(60.0 / shown.Length, Value(outcomes, "gap", "provider", "ratio"), 12);
        Assert.Equal(1, Value(outcomes, "providerSize", "few items", "showings") + Value(outcomes, "providerSize", "many items", "showings"), 12);
        Assert.Equal(1, Value(outcomes, "providerSize", "few items", "items") + Value(outcomes, "providerSize", "many items", "items"), 12);
    }

    private static TurnRow Turn(int user, double satisfied) => new(user, 1, 1, 0, false, 0, satisfied, true, 1, 0);

    private static double Value(GroupOutcome[] outcomes, string kind, string group, string figure) =>
        Assert.Single(outcomes, one => one.Kind == kind && one.Group == group).Values.First(value => value.Name == figure).Value;
}
