using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Tests.Unit.Negotiation;

/// <summary>Value, violation and bound of every rule type on slates small enough to count by hand.</summary>
public sealed class RuleValueTests
{
    // Genres by place; runtimes where there is one.
    private static readonly ImmutableArray<Witness> Slate =
    [
        Item("a", ["Drama", "War"], "100"),
        Item("b", ["Comedy"], null),
        Item("c", ["Drama"], "101"),
        Item("d", [], "101"),
        Item("e", ["Comedy", "War"], null),
    ];

    [Theory]
    [InlineData("type: count, facet: genre, values: [Drama, War], atLeast: 4", 3_000_000, 0.25)]
    [InlineData("type: share, facet: genre, values: [Drama, War], atLeast: 0.6", 600_000, 0)]
    [InlineData("type: share, facet: genre, values: [Drama, War], atLeast: 0.7", 600_000, 0.1)]
    [InlineData("type: share, facet: genre, values: [Drama, War], atMost: 0.2", 600_000, 0.5)]
    [InlineData("type: share, facet: genre, forEach: true, atMost: 0.3", 400_000, 1.0 / 7)]
    [InlineData("type: share, facet: nothing, forEach: true, atLeast: 0.3", 300_000, 0)]
    [InlineData("type: share, facet: nothing, forEach: true, atMost: 0.3", 0, 0)]
    [InlineData("type: average, facet: runtime, atMost: 100", 100_666_667, 0.00666667)]
    [InlineData("type: average, facet: runtime, atLeast: 100.666667", 100_666_667, 0)]
    [InlineData("type: average, facet: nothing, atLeast: 3", 3_000_000, 0)]
    [InlineData("type: average, facet: nothing, atMost: 3", 0, 0)]
    [InlineData("type: gap, facet: genre, atLeast: 3", 2_000_000, 0.5)]
    [InlineData("type: gap, facet: genre, values: [Comedy], atLeast: 3", 3_000_000, 0)]
    [InlineData("type: gap, facet: genre, values: [Musical], atLeast: 3", 5_000_000, 0)]
    [InlineData("type: gap, facet: genre, values: [Musical], atLeast: 9", 9_000_000, 0)]
    [InlineData("type: allow, facet: genre, values: [Drama, Comedy]", 1_000_000, 0.2)]
    [InlineData("type: exclude, facet: genre, values: [War]", 2_000_000, 0.4)]
    [InlineData("type: pin, facet: genre, values: [War], place: 1", 1_000_000, 0)]
    [InlineData("type: pin, facet: genre, values: [War], place: 2", 0, 1)]
    [InlineData("type: pin, facet: genre, values: [War], place: 6", 0, 1)]
    [InlineData("type: count, facet: runtime|genre, forEach: true, atMost: 1", 2_000_000, 0.25)]
    public void Read_Slate_HasTheValueAndViolationCountedByHand(string text, long value, double violation)
    {
        var rule = Policies.WithRules($"id: r, {text}").Rules[0];
        var reading = RuleBodies.Of(rule).Read(rule, new WitnessedSlate(Slate, null));
        Assert.Equal(value, reading.Value);
        Assert.Equal(violation, reading.Violation, 1e-6);
    }

    [Fact]
    public void Read_Calibration_IsHalfTheDistanceFromTheTarget()
    {
        // Votes: Drama 1.5, War 1, Comedy 1.5, none 1 of 5.
        var rule = Policies.WithRules("id: r, type: calibration, facet: genre, severity: soft, weight: 1").Rules[0];
        var target = new FacetShares("genre", [new("Comedy", 100_000), new("Drama", 900_000)]);
        var reading = RuleBodies.Of(rule).Read(rule, new WitnessedSlate(Slate, new StatedTargets([target])));
        Assert.Equal(600_000, reading.Value);
        Assert.Equal(0.6, reading.Violation, 1e-9);
        Assert.True(RuleBodies.Of(rule).Read(rule, new WitnessedSlate(Slate, NoHistory.Instance)).IsMet);
    }

    [Fact]
    public void Targets_OfItems_SpreadOneVoteEvenlyOverTheirValues()
    {
        var world = World.Generate(1, 30);
        var rules = Policies.WithRules("id: r, type: calibration, facet: provider, severity: soft, weight: 1");
        // Items 0 and 4 have no provider.
        var target = Assert.Single(FacetVotes.Targets(rules, [0, 1, 4, 6], world));
        Assert.Equal(new FacetShares("provider", [new("", 500_000), new("p1", 500_000)]), target);
        Assert.Empty(Assert.Single(FacetVotes.Targets(rules, [], world)).Shares);
    }

    [Fact]
    public void Column_ShareOfAnyLength_KeepsItsBoundsExactlyWhereTheRuleDoes()
    {
        for (var length = 1; length <= 50; length++)
        {
            foreach (var bound in (ReadOnlySpan<decimal>)[0, 0.02m, 0.1m, 0.142857m, 0.142858m, 0.333333m, 0.333334m, 0.5m, 0.666666m, 0.666667m, 0.98m, 1])
            {
                foreach (var isLeast in (bool[])[true, false])
                {
                    var rule = Policies.WithRules(FormattableString.Invariant($"id: r, type: share, facet: genre, values: [x], {(isLeast ? "atLeast" : "atMost")}: {bound}")).Rules[0];
                    var column = RuleBodies.Of(rule).Column(rule, new ColumnSource(0, length, _ => [], null))!;
                    for (var count = 0; count <= length; count++)
                    {
                        ImmutableArray<Witness> slate = [.. Enumerable.Range(0, length).Select(i => Item($"i{i}", i < count ? ["x"] : [], null))];
                        var isMet = RuleBodies.Of(rule).Read(rule, new WitnessedSlate(slate, null)).IsMet;
                        Assert.Equal(isMet, count >= column.AtLeast && count <= column.AtMost);
                        Assert.Equal(isMet, isLeast ? Math.Round((decimal)count / length, 6, MidpointRounding.AwayFromZero) >= bound : Math.Round((decimal)count / length, 6, MidpointRounding.AwayFromZero) <= bound);
                    }
                }
            }
        }
    }

    [Fact]
    public void PublicBar_Allow_KeepsOutWhatLacksTheFacet()
    {
        var world = World.Generate(1, 30);
        var eligibility = new Eligibility(Policies.WithRules("id: ours, type: allow, facet: provider, values: [p1, p2], severity: safety"), world);
        Assert.Equal(["ours", null, null, "ours", "ours"], Enumerable.Range(0, 5).Select(eligibility.PublicBar));
    }

    private static Witness Item(string id, ImmutableArray<string> genres, string? runtime) => new(
        id,
        AgentRec.Domain.Item.NoFacets.Add("genre", genres).Add("runtime", runtime is null ? [] : [runtime]).Add("runtime|genre", runtime is null ? genres : [runtime]).Add("nothing", []));
}
