using AgentRec.Simulation;

namespace AgentRec.Tests.Unit.Simulation;

public sealed class ScenarioReaderTests
{
    private const string Least = "name: least\narms: [{ name: only }]\n";

    [Fact]
    public void Read_NamesAndArmsAlone_TakesTheDefaults()
    {
        var scenario = Read(Least);

        Assert.Equal(("least", 3, 10, 24, 10), (scenario.Name, scenario.Seeds, scenario.Periods, scenario.PeriodHours, scenario.SlateSize));
        Assert.Equal(new SyntheticTerms(), scenario.World);
        Assert.Equal("default", Assert.Single(scenario.Arms).Policy);
    }

    [Fact]
    public void Read_EverythingThereIs_IsRead()
    {
        var scenario = Read(
            """
            name: all
            seed: 5
            seeds: 2
            periods: 6
            periodHours: 12
            slateSize: 5
            retrainEvery: 0
            world: { users: 50, items: 80, genres: 4, providers: 3, traits: 6, ratingsPerUser: 10 }
            population:
              - { name: eager, share: 2, traits: { activity: { mean: 0.9, deviation: 0.1 }, patience: 0.7 } }
              - { name: lazy, share: 1 }
            providers: [{ provider: provider-01, goal: freshness, strategy: boosting }]
            events:
              - { period: 2, kind: arrivals, items: 3, quality: -0.5, provider: provider-02 }
              - { period: 3, kind: trend, genre: genre-01, strength: 0.4, periods: 2 }
              - { period: 4, kind: policy, policy: own }
              - { period: 5, kind: attack, profile: segment, share: 0.02, filler: 0.05 }
            models: { scorers: [popularity], ranking: true }
            policies:
              - name: own
                rules: [{ id: variety, type: distinct, facet: genre, atLeast: 2, severity: hard, priority: 1 }]
            arms:
              - name: one
                policy: own
                protocol: repair
                agency: { beta: 0.01, band: 0.1, invited: 10, exploration: { places: 1, exposures: 5 } }
                retrainEvery: 3
                questions: eager
                screen: true
                settings: { "Planner:WindowSize": 100 }
            """);

        Assert.Equal(new Spread(0.9, 0.1), scenario.Population[0].Traits.Activity);
        Assert.Equal(new Spread(0.7), scenario.Population[0].Traits.Patience);
        Assert.Equal(new ProviderTerms("provider-01", ProviderGoal.Freshness, ProviderStrategy.Boosting), Assert.Single(scenario.Providers));
        Assert.Equal(
            [new ArrivalsEvent(2, 3, -0.5, "provider-02"), new TrendEvent(3, "genre-01", 0.4, 2), new PolicyEvent(4, "own"), new AttackEvent(5, ShillingProfile.Segment, 0.02, 0.05)],
            scenario.Events.AsEnumerable());
        var arm = Assert.Single(scenario.Arms);
        Assert.Equal(("repair", 3, true, "100"), (arm.Protocol, arm.RetrainEvery, arm.Screen, arm.Settings["Planner:WindowSize"]));
        Assert.Equal(AgentRec.Domain.QuestionMode.Eager, arm.Questions);
        Assert.Equal((0.01m, 5), (arm.Agency!.Beta, arm.Agency.Exploration.Exposures));
    }

    [Theory]
    [InlineData(Least + "speed: 3", "speed", "is not known: allowed are name, seed")]
    [InlineData(Least + "seeds: 0", "seeds", "is '0': it must be a whole number from 1 to 100.")]
    [InlineData(Least + "seeds: many", "seeds", "is 'many': it must be a whole number from 1 to 100.")]
    [InlineData("name: x", "arms", "is missing")]
    [InlineData("name: x\narms: [{ name: a }, { name: a }]", "arms[1].name", "for the second time")]
    [InlineData("name: x\narms: [{ name: a, policy: nothing }]", "arms[0].policy", "is 'nothing': it must be one of balanced, default")]
    [InlineData("name: x\narms: [{ name: a, settings: { 'planner:mixes:enabled': true } }]", "arms[0].settings.planner:mixes:enabled", "cannot be set")]
    [InlineData(Least + "providers: [{ provider: provider-1, goal: sales, strategy: boosting }]", "providers[0].provider", "a provider of the world, provider-01 to provider-10")]
    [InlineData(Least + "providers: [{ provider: provider-01, goal: sales, strategy: boosting }, { provider: provider-01, goal: sales, strategy: honest }]", "providers[1].provider", "for the second time")]
    [InlineData(Least + "events: [{ period: 1, kind: trend, genre: noir, strength: 1, periods: 1 }]", "events[0].genre", "a genre of the world, genre-01 to genre-10")]
    [InlineData("name: x\narms: [{ name: a, protocol: shouting }]", "arms[0].protocol", "must be one of")]
    [InlineData("name: x\narms: [{ name: a, agency: { gamma: 1 } }]", "arms[0].agency.gamma", "is not known")]
    [InlineData(Least + "models: { scorers: [magic] }", "models.scorers[0]", "is 'magic'")]
    [InlineData(Least + "world: { users: 1 }", "world.users", "from 2 to 1000000")]
    [InlineData(Least + "world: { data: /there/is/no/such/folder }", "world.data", "a folder that exists")]
    [InlineData(Least + "population: [{ name: p, traits: { activity: 2 } }]", "population[0].traits.activity", "from 0 to 1")]
    [InlineData(Least + "events: [{ period: 1, kind: party }]", "events[0].kind", "one of arrivals, trend, policy, attack")]
    [InlineData(Least + "events: [{ period: 11, kind: arrivals, items: 1 }]", "events[0].period", "a period of the scenario, 1 to 10")]
    [InlineData(Least + "events: [{ kind: arrivals, items: 1 }]", "events[0].period", "is missing")]
    [InlineData(Least + "policies: [{ name: own, rules: [{ id: r, type: guess, severity: hard, priority: 1 }] }]", "policies[0].rules[0].type", "guess")]
    [InlineData("- a", "", "A scenario is a map")]
    [InlineData("name: [", "", "not valid YAML")]
    public void Read_SomethingWrong_NamesPathValueAndAllowedForm(string yaml, string path, string message)
    {
        var reading = ScenarioReader.Read(yaml);

        Assert.Null(reading.Scenario);
        Assert.Contains(reading.Errors, error => error.Path == path && error.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Digest_AnythingElse_IsAnother()
    {
        var one = Read(Least);

        Assert.Equal(one.Digest(), Read(Least).Digest());
        Assert.NotEqual(one.Digest(), (one with { Seeds = 4 }).Digest());
        Assert.NotEqual(one.Digest(), (one with { Events = [new ArrivalsEvent(1, 2)] }).Digest());
        Assert.NotEqual(one.Digest(), (one with { World = new SyntheticTerms { Users = 201 } }).Digest());
    }

    private static Scenario Read(string yaml)
    {
        var reading = ScenarioReader.Read(yaml);
        Assert.True(reading.Errors.IsEmpty, string.Join("; ", reading.Errors));
        return reading.Scenario!;
    }
}
