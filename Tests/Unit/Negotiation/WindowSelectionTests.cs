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
    public void Settle_TotalThatOnlyTheLastItemsReach_IsReservedAtOnce()
    {
        var world = World.Generate(4, 1500);
        int[] ranked = ByPrice(world);
        var selected = WindowSelection.Settle(ranked, world, Policies.WithRules("id: dear, type: total, facet: price, atLeast: 190"), 10);
        Assert.Equal((WindowOrigin.AtOnce, 0, CandidateWindow.DefaultSize), (selected.Origin, selected.Widenings, selected.Places.Length));
        Assert.True(selected.Places.Select(place => Price(world, ranked[place])).OrderDescending().Take(10).Sum() >= 190);
    }

    [Fact]
    public void Settle_SlateOnlyBeyondTheWidestWindow_IsFoundInTheCatalogue()
    {
        // What is dear and what is long is reserved, but not what is both.
        var world = World.Generate(4, 1500);
        int[] ranked = ByPrice(world);
        var rules = Policies.WithRules("id: dear, type: total, facet: price, atLeast: 185", "id: long, type: total, facet: runtime, atLeast: 1550");
        var selected = WindowSelection.Settle(ranked, world, rules, 10);
        Assert.Equal((WindowOrigin.Searched, 1, CandidateWindow.GreatestSize), (selected.Origin, selected.Widenings, selected.Places.Length));
        int[] window = [.. selected.Places.Select(place => ranked[place])];
        Assert.NotNull(AgentRec.Negotiation.Search.FeasibleSlate.Any(window, world, rules, 10));
    }

    [Fact]
    public void Settle_RulesThatNoSlateOfTheCatalogueKeeps_SaysSo()
    {
        var rules = Policies.WithRules("id: dear, type: total, facet: price, atLeast: 201");
        var selected = WindowSelection.Settle([.. Enumerable.Range(0, 1500)], World.Generate(4, 1500), rules, 10);
        Assert.Equal((WindowOrigin.Infeasible, CandidateWindow.GreatestSize), (selected.Origin, selected.Places.Length));
        Assert.False(selected.IsFeasible);
    }

    [Theory]
    [InlineData("id: a, type: share, facet: stratum, values: [tail], atLeast: 0.75")]
    [InlineData("id: a, type: share, facet: stratum, values: [head], atMost: 0.05")]
    [InlineData("id: a, type: allow, facet: provider, values: [p3]")]
    [InlineData("id: a, type: pin, facet: item, values: [i1499], place: 3")]
    [InlineData("id: a, type: gap, facet: stratum, atLeast: 3")]
    [InlineData("id: a, type: gap, facet: stratum, values: [head, torso], atLeast: 10")]
    [InlineData("id: a, type: count, facet: provider|decade, forEach: true, atMost: 1")]
    [InlineData("id: a, type: average, facet: price, atMost: 0.2")]
    public void Settle_RuleThatTheBestByRankDoNotKeep_IsReservedAtOnce(string rule)
    {
        // Heads of the first providers in front, the cheap ones last.
        var world = World.Generate(9, 1500);
        int[] ranked = [.. Enumerable.Range(0, 1500).OrderBy(handle => (world.Values(handle, "stratum")[0], world.Values(handle, "provider").FirstOrDefault() ?? "", -Price(world, handle), handle))];
        var rules = Policies.WithRules(rule);
        Assert.Null(AgentRec.Negotiation.Search.FeasibleSlate.Any(ranked[..100], world, rules, 10));
        Assert.Equal(WindowOrigin.AtOnce, WindowSelection.Settle(ranked, world, rules, 10, 100).Origin);
    }

    private static int[] ByPrice(World world) => [.. Enumerable.Range(0, world.Count).OrderBy(handle => Price(world, handle)).ThenBy(handle => handle)];

    private static decimal Price(World world, int handle) => decimal.Parse(world.Values(handle, "price")[0], System.Globalization.CultureInfo.InvariantCulture);
}
