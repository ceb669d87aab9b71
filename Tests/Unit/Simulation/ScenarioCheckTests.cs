using AgentRec.Domain;
using AgentRec.Simulation;

namespace AgentRec.Tests.Unit.Simulation;

/// <summary>Scenarios that a program makes are held to what a document is held to.</summary>
public sealed class ScenarioCheckTests
{
    private static readonly Scenario Sound = new() { Name = "sound", Arms = [new ArmTerms("one")] };

    public static TheoryData<string, Scenario> Wrong => new()
    {
        { "events[0].items", Sound with { Events = [new ArrivalsEvent(1, 0)] } },
        { "events[0].quality", Sound with { Events = [new ArrivalsEvent(1, 1, Quality: double.NaN)] } },
        { "events[0].provider", Sound with { Events = [new ArrivalsEvent(1, 1, Provider: "")] } },
        { "events[0].strength", Sound with { Events = [new TrendEvent(1, "genre-01", 4, 1)] } },
        { "events[0].periods", Sound with { Events = [new TrendEvent(1, "genre-01", 1, 0)] } },
        { "events[0].share", Sound with { Events = [new AttackEvent(1, ShillingProfile.Random, 0)] } },
        { "events[0].filler", Sound with { Events = [new AttackEvent(1, ShillingProfile.Random, 0.1, 0.6)] } },
        { "population[0].share", Sound with { Population = [new PopulationTerms("people", double.PositiveInfinity, new TraitTerms())] } },
        { "population[0].name", Sound with { Population = [new PopulationTerms("", 1, new TraitTerms())] } },
        { "population[1].name", Sound with { Population = [new PopulationTerms("people", 1, new TraitTerms()), new PopulationTerms("people", 1, new TraitTerms())] } },
        { "population[0].traits.trust.mean", Sound with { Population = [new PopulationTerms("people", 1, new TraitTerms { Trust = new Spread(1.5) })] } },
        { "population[0].traits.noise.deviation", Sound with { Population = [new PopulationTerms("people", 1, new TraitTerms { Noise = new Spread(0.5, -1) })] } },
        { "providers[0].goal", Sound with { Providers = [new ProviderTerms("provider-01", (ProviderGoal)9, ProviderStrategy.Honest)] } },
        { "arms[0].retrainEvery", Sound with { Arms = [new ArmTerms("one") { RetrainEvery = -1 }] } },
        { "arms[0].agency.beta", Sound with { Arms = [new ArmTerms("one") { Agency = new Agency(2, 0.1m, 10) }] } },
        { "arms[0].agency.exploration.places", Sound with { Arms = [new ArmTerms("one") { Agency = Agency.Default with { Exploration = new Exploration(9, 50) } }] } },
        { "policies[0].concession.rounds", Sound with { Policies = [RuleSet.None with { Name = "own", Concession = new Concession(0.1m, 99) }] } },
        { "policies[1].name", Sound with { Policies = [RuleSet.None with { Name = "own" }, RuleSet.None with { Name = "own" }] } },
        { "retrainEvery", Sound with { RetrainEvery = 2_000 } },
    };

    [Fact]
    public void Problems_ASoundScenario_HasNone() => Assert.Empty(ScenarioCheck.Problems(Sound));

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Problems_OutOfRange_AreNamedByPath(string path, Scenario scenario) =>
        Assert.Contains(path, ScenarioCheck.Problems(scenario).Select(problem => problem.Path));

    [Fact]
    public void Portable_AWorldFromData_NamesTheFolderAndNotWhereItLies()
    {
        var here = Sound with { World = new DataTerms("/some/where/films") };
        var there = Sound with { World = new DataTerms("/else/where/films/") };

        Assert.Equal(new DataTerms("films"), here.Portable().World);
        Assert.Equal(here.Digest("same"), there.Digest("same"));
        Assert.NotEqual(here.Digest("same"), here.Digest("other"));
    }

    [Fact]
    public void DataDigest_OfTheSameContentElsewhere_IsTheSame_AndOfAnotherRatingAnother()
    {
        using var here = new TempFolder();
        using var there = new TempFolder();
        using var other = new TempFolder();
        foreach (var (folder, rating) in new[] { (here, 4), (there, 4), (other, 5) })
        {
            folder.Write("items.csv", "itemId,title\ni1,One\n");
            folder.Write("interactions.csv", $"userId,itemId,type,value,timestamp\nu1,i1,rate,{rating},1600000000\n");
        }

        Assert.Equal(DataDigest.Of(here.Path), DataDigest.Of(there.Path));
        Assert.NotEqual(DataDigest.Of(here.Path), DataDigest.Of(other.Path));
    }
}
