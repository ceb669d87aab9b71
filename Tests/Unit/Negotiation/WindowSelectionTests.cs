using AgentRec.Domain;
using AgentRec.Negotiation.Windows;
using CsCheck;

namespace AgentRec.Tests.Unit.Negotiation;

public sealed class WindowSelectionTests
{
    private static readonly RuleSet SixRules = Policies.Read(Policies.SixRules);

    [Fact]
    public void Select_WiderWindow_ContainsTheNarrowerOne() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 300], Gen.Int[0, 300]).Sample(
            (seed, one, other) =>
            {
                var world = World.Generate(seed, 350);
                var needs = WindowNeeds.From(SixRules, 10);
                int[] ranked = [.. Enumerable.Range(0, 350)];
                var narrow = WindowSelection.Select(ranked, world, needs, Math.Min(one, other));
                var wide = WindowSelection.Select(ranked, world, needs, Math.Max(one, other));
                Assert.Equal(Math.Min(one, other), narrow.Length);
                Assert.Equal(narrow.Order().Distinct(), narrow);
                Assert.Subset(wide.ToHashSet(), narrow.ToHashSet());
            },
            iter: 100);

    [Fact]
    public void Select_NoNeeds_IsTheBestByRank() =>
        Assert.Equal(Enumerable.Range(0, 30), WindowSelection.Select([.. Enumerable.Range(0, 100)], World.Generate(1, 100), WindowNeeds.None, 30));

    [Fact]
    public void Select_CountUnderACap_ReservesNoMoreOfAValueThanTheCapLetsIn()
    {
        var world = World.Generate(2, 1000);
        var rules = Policies.WithRules(
            "id: tail, type: count, facet: stratum, values: [tail], atLeast: 4",
            "id: each, type: count, facet: firstGenre, forEach: true, atMost: 1");
        var tails = WindowSelection.Select([.. Enumerable.Range(0, 1000)], world, WindowNeeds.From(rules, 10), 40)
            .Where(place => world.Values(place, "stratum")[0] == "tail")
            .Select(place => world.Values(place, "firstGenre")[0]);
        Assert.True(tails.Distinct(StringComparer.Ordinal).Count() >= 8);
    }

    [Fact]
    public void Settle_SlateOnlyBeyondTheWidestWindow_IsFoundInTheCatalogue()
    {
        // A total has no needs: the only dear items stand at the end of the ranking.
        var world = World.Generate(4, 1500);
        int[] ranked = [.. Enumerable.Range(0, 1500).OrderBy(handle => Price(world, handle)).ThenBy(handle => handle)];
        var rules = Policies.WithRules("id: dear, type: total, facet: price, atLeast: 190");
        var selected = WindowSelection.Settle(ranked, world, rules, 10);
        Assert.True(selected.IsFeasible);
        Assert.Equal(1, selected.Widenings);
        Assert.Equal(CandidateWindow.GreatestSize, selected.Places.Length);
        Assert.True(selected.Places.Select(place => Price(world, ranked[place])).OrderDescending().Take(10).Sum() >= 190);
    }

    [Fact]
    public void Settle_RulesThatNoSlateOfTheCatalogueKeeps_SaysSo()
    {
        var rules = Policies.WithRules("id: dear, type: total, facet: price, atLeast: 201");
        var selected = WindowSelection.Settle([.. Enumerable.Range(0, 1500)], World.Generate(4, 1500), rules, 10);
        Assert.False(selected.IsFeasible);
        Assert.Equal(CandidateWindow.GreatestSize, selected.Places.Length);
    }

    private static decimal Price(World world, int handle) => decimal.Parse(world.Values(handle, "price")[0], System.Globalization.CultureInfo.InvariantCulture);
}
