using AgentRec.Domain;
using AgentRec.Negotiation.ItemAgency;
using AgentRec.Negotiation.Policies;
using AgentRec.Recommenders;

namespace AgentRec.Tests.Unit.ItemAgency;

public sealed class NewItemsTests
{
    private static readonly Exploration OnePlace = new(1, 50);
    private static readonly Catalogue Items = Catalogue.Create(Enumerable.Range(0, 20).Select(i => new Item($"i{i}", $"Item {i}", null, Item.NoFacets, null)));

    [Fact]
    public void Select_WithExplorationOff_IsEmpty() => Assert.Empty(NewItems.Select(ExposureSnapshot.Empty, [1, 2], Items, Exploration.Off, 2, 0));

    [Fact]
    public void Select_TakesTheLeastShown_AndNoneThatHasHadItsExposures()
    {
        var snapshot = ExposureSnapshot.Empty.Add([Shown("i1", 49), Shown("i2", 50), Shown("i3", 7), Shown("i9", 1)], 1);

        Assert.Equal<int>([3, 1], NewItems.Select(snapshot, [1, 2, 3], Items, OnePlace, 5, 0));
        Assert.Equal<int>([3], NewItems.Select(snapshot, [1, 2, 3], Items, OnePlace, 1, 0));
    }

    [Fact]
    public void Select_AmongEquallyShown_IsSpreadByTheTurnsSeed()
    {
        var chosen = Enumerable.Range(0, 200).Select(turn => NewItems.Select(ExposureSnapshot.Empty, [3, 4, 5], Items, OnePlace, 1, (ulong)turn)[0]).ToArray();

        Assert.Equal([3, 4, 5], chosen.Distinct().Order());
        Assert.Equal(chosen[7], NewItems.Select(ExposureSnapshot.Empty, [5, 4, 3], Items, OnePlace, 1, 7)[0]);
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(10, 40)]
    [InlineData(10, 400)]
    public void Select_WithALedgerThatLagsByAFlush_GivesNewItemsTheirExposuresWithin5000Turns(int count, int turnsPerFlush)
    {
        int[] untried = [.. Enumerable.Range(5, count)];
        var (ledger, outbox) = (ExposureLedger.Empty, new ExposureOutbox("a"));
        var exposures = new long[Items.Count];
        var turns = 0;
        while (untried.Any(item => exposures[item] < OnePlace.Exposures) && turns < 5_000)
        {
            foreach (var item in NewItems.Select(ledger.Snapshot, untried, Items, OnePlace, OnePlace.Places, (ulong)turns))
            {
                exposures[item]++;
                outbox.Count(Items.Item(item).ItemId, 0, ExposureCounts.Shown);
            }
            turns++;
            if (turns % turnsPerFlush != 0 || outbox.Next() is not { } delta)
                continue;
            ledger = ledger.Merge(delta);
            outbox.Acknowledge(delta);
        }

        Assert.True(turns < 5_000, $"after {turns} turns: {string.Join(' ', untried.Select(item => exposures[item]))}");
        // What is spent on an item beyond its due is at most the turns of the flush in which it got there.
        Assert.All(untried, item => Assert.InRange(exposures[item], 50, 49 + turnsPerFlush));
    }

    [Fact]
    public void Exploration_InAPolicy_IsReadAndWrittenTheSame()
    {
        var read = RuleSetReader.ReadYaml("name: a\nagency: { beta: 0.01, exploration: { places: 1, exposures: 30 } }").RuleSet!;

        Assert.Equal(new Exploration(1, 30), read.Agency.Exploration);
        Assert.Equal(read, RuleSetReader.ReadJson(RuleSetWriter.WriteJson(read)).RuleSet);
        Assert.Equal(new Exploration(0, 50), RuleSetReader.ReadYaml("name: a").RuleSet!.Agency.Exploration);
    }

    [Theory]
    [InlineData("{ places: 2 }", "agency.exploration.places")]
    [InlineData("{ exposures: 0 }", "agency.exploration.exposures")]
    [InlineData("{ place: 1 }", "agency.exploration.place")]
    public void Exploration_OutOfRange_IsRefusedWithItsPath(string text, string path) =>
        Assert.Equal(path, Assert.Single(RuleSetReader.ReadYaml($"name: a\nagency: {{ exploration: {text} }}").Errors).Path);

    private static SegmentExposure Shown(string item, long times) => new(item, 0, new ExposureCounts(times, 0, 0));
}
