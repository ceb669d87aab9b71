using AgentRec.Domain;
using AgentRec.Negotiation.Search;
using CsCheck;

namespace AgentRec.Tests.Unit.Negotiation;

public sealed class RuleRelaxationTests
{
    /// <summary>Rule sets of which most cannot be met, some only just.</summary>
    private static readonly Gen<RuleSet> Demanding =
        Gen.Select(Gen.Int[3, 10], Gen.Int[3, 10], Gen.Int[8, 13], Gen.Int[1, 3], Gen.Int[5, 120], Gen.Int[1, 127])
            .Select((tail, head, distinct, each, price, which) => Policies.WithRules(
                [.. new[]
                {
                    $"id: tail, type: count, facet: stratum, values: [tail], atLeast: {tail}, priority: {which % 5}",
                    $"id: head, type: count, facet: stratum, values: [head], atLeast: {head}, priority: 1",
                    $"id: distinct, type: distinct, facet: genre, atLeast: {distinct}, priority: {which % 3}",
                    $"id: firstGenre, type: count, facet: firstGenre, forEach: true, atMost: {each}, priority: 3",
                    $"id: genre, type: count, facet: genre, forEach: true, atMost: {each}, priority: 2",
                    $"id: price, type: total, facet: price, atLeast: {price}, atMost: {price + 1}, priority: {which % 7}",
                    $"id: decade, type: count, facet: decade, forEach: true, atLeast: {each}, priority: 4",
                }.Where((_, i) => (which & (1 << i)) != 0)]));

    [Fact]
    public void Relax_AnyDemands_AlwaysHasASlateUnderTheBoundsItReports() =>
        Gen.Select(Demanding, Gen.Int[0, 10_000], Gen.Int[1, 10]).Sample(
            (rules, seed, length) =>
            {
                var world = World.Generate(seed, 80);
                var columns = world.Columns(rules, length);
                var relaxing = RuleRelaxation.Relax(columns, [.. world.Candidates.Select(candidate => candidate.Utility)], length);
                Assert.Equal(length, relaxing.Feasible.Distinct().Count());
                Assert.Equal(relaxing.Relaxed.Length, relaxing.Relaxed.DistinctBy(relaxed => relaxed.RuleId).Count());
                foreach (var rule in rules.Rules)
                {
                    var relaxed = relaxing.Relaxed.SingleOrDefault(relaxed => relaxed.RuleId == rule.Id);
                    var inForce = relaxed is null ? rule : rule with { AtLeast = relaxed.AtLeast, AtMost = relaxed.AtMost };
                    Assert.True(BruteForce.Miss(inForce, world, relaxing.Feasible) == 0, $"{rule.Id} is missed");
                    Assert.True(relaxed is null || BruteForce.Miss(rule, world, relaxing.Feasible) > 0, $"{rule.Id} was relaxed for nothing");
                }
                Assert.InRange(relaxing.Nodes, 1, RuleRelaxation.GreatestNodes + 1000);
            },
            iter: 100);

    [Fact]
    public void Find_LimitOfNodes_IsKept() =>
        Gen.Select(Demanding, Gen.Int[0, 10_000], Gen.Int[1, 2000]).Sample(
            (rules, seed, limit) =>
            {
                var world = World.Generate(seed, 80);
                var columns = world.Columns(rules, 10);
                var answer = FeasibleSlate.Find([.. world.Candidates.Select(candidate => candidate.Utility)], 10, columns, limit);
                Assert.InRange(answer.Nodes, 1, limit);
                Assert.True(answer.IsProven || answer.Nodes == limit);
                Assert.True(answer.Slate is null || BruteForce.Keeps(rules, world, answer.Slate));
            },
            iter: 100);
}
