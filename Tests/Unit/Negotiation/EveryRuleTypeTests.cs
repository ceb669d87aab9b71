using AgentRec.Domain;
using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Rules;
using AgentRec.Negotiation.Search;
using CsCheck;

namespace AgentRec.Tests.Unit.Negotiation;

/// <summary>Searches under random rules of every type, held against all slates in all orders.</summary>
public sealed class EveryRuleTypeTests
{
    private const int Count = 9;
    private const double Tolerance = 2e-6;

    private static readonly Gen<string[]> Hard = Some(3,
        Gen.Int[1, 100].Select(part => $"id: share, type: share, facet: stratum, values: [tail], atLeast: 0.{part:00}, priority: 1"),
        Gen.Int[10, 99].Select(part => $"id: share-each, type: share, facet: genre, forEach: true, atMost: 0.{part}, priority: 2"),
        Gen.Int[20, 90].Select(part => $"id: share-least, type: share, facet: firstGenre, forEach: true, atLeast: 0.{part}, priority: 1"),
        Gen.Int[90, 150].Select(mean => $"id: average, type: average, facet: runtime, atLeast: {mean}.5, priority: 3"),
        Gen.Int[3, 15].Select(mean => $"id: average-price, type: average, facet: price, atLeast: {mean}, atMost: {mean + 3}.25, priority: 4"),
        Gen.Int[2, 4].Select(gap => $"id: gap, type: gap, facet: genre, atLeast: {gap}, priority: 5"),
        Gen.Int[2, 5].Select(gap => $"id: gap-stratum, type: gap, facet: stratum, values: [head], atLeast: {gap}, priority: 6"),
        Gen.Int[1, 4].Select(place => $"id: pin, type: pin, facet: firstGenre, values: [Drama, Comedy], place: {place}, priority: 7"),
        Gen.Select(Gen.Int[1, 3], Gen.Int[0, 8]).Select((place, item) => $"id: pin-item, type: pin, facet: item, values: [i{item}], place: {place}, priority: 3"),
        Gen.Const("id: allow, type: allow, facet: genre, values: [Drama, Comedy, Action, Horror], priority: 8"),
        Gen.Const("id: exclude, type: exclude, facet: genre, values: [Drama], priority: 2"),
        Gen.Int[1, 2].Select(most => $"id: provider, type: count, facet: provider|decade, forEach: true, atMost: {most}, priority: 9"),
        Gen.Int[5, 50].Select(most => $"id: total, type: total, facet: price, atMost: {most}, priority: 4"),
        Gen.Int[1, 7].Select(least => $"id: distinct, type: distinct, facet: genre, atLeast: {least}, priority: 5"));

    private static readonly Gen<string[]> Soft = Some(3,
        Gen.Int[1, 100].Select(part => $"id: w-share, type: share, facet: stratum, values: [tail], atLeast: 0.{part:00}, severity: soft, weight: 0.3"),
        Gen.Int[10, 99].Select(part => $"id: w-share-most, type: share, facet: stratum, values: [head], atMost: 0.{part}, severity: soft, weight: 0.2"),
        Gen.Int[10, 99].Select(part => $"id: w-share-each, type: share, facet: genre, forEach: true, atMost: 0.{part}, severity: soft, weight: 0.2"),
        Gen.Int[60, 150].Select(mean => $"id: w-average, type: average, facet: runtime, atLeast: {mean}, severity: soft, weight: 0.5"),
        Gen.Int[2, 4].Select(gap => $"id: w-gap, type: gap, facet: firstGenre, atLeast: {gap}, severity: soft, weight: 0.1"),
        Gen.Int[1, 5].Select(place => $"id: w-pin, type: pin, facet: stratum, values: [tail], place: {place}, severity: soft, weight: 0.1"),
        Gen.Const("id: w-allow, type: allow, facet: provider, values: [p1, p2], severity: soft, weight: 0.2"),
        Gen.Const("id: w-calm, type: calibration, facet: genre, severity: soft, weight: 0.4"),
        Gen.Const("id: w-calm-provider, type: calibration, facet: provider, severity: soft, weight: 0.3"));

    private static readonly Gen<(RuleSet Rules, World World, int Length, int[] Positives)> Cases =
        Gen.Select(Hard, Soft, Gen.Int[0, 100_000], Gen.Int[1, 4], Gen.Int[0, Count - 1].Array[0, 3]).Select((hard, soft, seed, length, positives) =>
            (Policies.WithRules([.. hard, .. soft]), World.Generate(seed, Count, genres: 6, mostGenres: 2), length, positives.Distinct().ToArray()));

    [Fact]
    public void Best_AnyRules_IsTheOptimumOfBruteForce() => Cases.Sample(CheckBest, iter: 400);

    [Fact]
    [Trait("Category", "Long")]
    public void Best_AnyRulesManyTimes_IsTheOptimumOfBruteForce() => Cases.Sample(CheckBest, iter: 10_000);

    [Fact]
    public void Solve_AnyRules_IsTheOptimumOfBruteForceByAnotherRoad() =>
        Cases.Sample(
            @case =>
            {
                var (rules, world, length, positives) = @case;
                // Means of a wish are counted over all items by the program, which is another question.
                rules = rules with { Rules = [.. rules.Rules.Where(rule => rule.Id != "w-average")] };
                var expected = BruteForce.Best(rules, world, length, positives);
                var problem = new SearchProblem(Utilities(world), length, world.Columns(rules, length, FacetVotes.Targets(rules, positives, world)), softness: 1);
                var answer = IntegerProgram.Solve(problem, null);
                Assert.True(answer.IsProven);
                Assert.Equal(expected is null, answer.Slate is null);
                if (expected is null)
                    return;
                // Shares are counted to a hundredth of a percent.
                Assert.Equal(expected.Value, problem.WorthOf(answer.Slate), 2e-4);
                Assert.True(BruteForce.Keeps(rules, world, answer.Slate!));
                Assert.InRange(answer.Bound, expected.Value - 2e-4, expected.Value + 2e-4);
            },
            iter: 150);

    [Fact]
    public void Find_AnyRules_FindsASlateExactlyWhenThereIsOne() =>
        Cases.Sample(
            @case =>
            {
                var (rules, world, length, _) = @case;
                var answer = FeasibleSlate.Find(Utilities(world), length, world.Columns(rules, length));
                Assert.True(answer.IsProven);
                Assert.Equal(BruteForce.Best(rules, world, length) is not null, answer.Slate is not null);
                if (answer.Slate is not null)
                    Assert.True(BruteForce.Keeps(rules, world, answer.Slate));
            },
            iter: 400);

    [Fact]
    public void Relax_AnyRules_KeepsAndMovesBoundsAsBruteForceDoes() =>
        Cases.Sample(
            @case =>
            {
                var (rules, world, length, _) = @case;
                var relaxing = RuleRelaxation.Relax(world.Columns(rules, length), Utilities(world), length);
                Assert.Equal(BruteForce.Relaxed(rules, world, length), relaxing.Relaxed.Select(relaxed => (relaxed.RuleId, Distance(rules, relaxed))));
                foreach (var rule in rules.Rules.Where(rule => rule.Severity == RuleSeverity.Hard))
                {
                    var relaxed = relaxing.Relaxed.SingleOrDefault(relaxed => relaxed.RuleId == rule.Id);
                    var inForce = relaxed is null ? rule : rule with { AtLeast = relaxed.AtLeast, AtMost = relaxed.AtMost };
                    Assert.True(BruteForce.Miss(inForce, world, relaxing.Feasible) == 0, $"{rule.Id} is missed");
                }
            },
            iter: 400);

    [Fact]
    public void Violation_AnySlate_IsWhatTheSearchPrices() =>
        Cases.Sample(
            @case =>
            {
                var (rules, world, length, positives) = @case;
                var table = new NegotiationTable(rules, world.Window, length, world) { Targets = FacetVotes.Targets(rules, positives, world) };
                var problem = new SearchProblem(Utilities(world), length, world.Columns(rules, length, table.Targets), softness: 1);
                foreach (var slate in BruteForce.Slates(rules, world, length).Where((_, i) => i % 17 == 0))
                {
                    Assert.Equal(BruteForce.Worth(rules, world, slate, positives), problem.WorthOf(slate), Tolerance);
                    Assert.Equal(problem.ValueOf(slate) - problem.WorthOf(slate), Wishes.Penalty(table, [.. slate]), 1e-9);
                }
            },
            iter: 60);

    private static void CheckBest((RuleSet Rules, World World, int Length, int[] Positives) @case)
    {
        var (rules, world, length, positives) = @case;
        var expected = BruteForce.Best(rules, world, length, positives);
        var columns = world.Columns(rules, length, FacetVotes.Targets(rules, positives, world));
        var answer = new SlateSearch(columns, Count, length).Best(Utilities(world), softness: 1);
        Assert.True(answer.IsProven);
        if (expected is null)
        {
            Assert.Null(answer.Slate);
            return;
        }
        Assert.Equal(expected.Value, answer.Worth, Tolerance);
        Assert.True(BruteForce.Keeps(rules, world, answer.Slate!));
        Assert.Equal(answer.Worth, BruteForce.Worth(rules, world, answer.Slate!, positives), Tolerance);
    }

    private static double[] Utilities(World world) => [.. world.Candidates.Select(candidate => candidate.Utility)];

    private static decimal Distance(RuleSet rules, RelaxedRule relaxed)
    {
        var rule = rules.Rules.Single(rule => rule.Id == relaxed.RuleId);
        var least = rule.Type == RuleType.Pin ? 1 : rule.AtLeast ?? 0;
        return Math.Abs(least - (relaxed.AtLeast ?? 0)) + Math.Abs((rule.AtMost ?? 0) - (relaxed.AtMost ?? 0));
    }

    /// <summary>At most so many of the rules, in any order.</summary>
    private static Gen<string[]> Some(int most, params Gen<string>[] rules) =>
        Gen.Int[0, rules.Length - 1].Array[0, most]
            .SelectMany(which => which.Distinct().Order().Select(i => rules[i]).Aggregate(
                Gen.Const(Array.Empty<string>()), (all, rule) => Gen.Select(all, rule).Select((texts, text) => (string[])[.. texts, text])));
}
