using AgentRec.Domain;
using AgentRec.Negotiation.Search;
using CsCheck;

namespace AgentRec.Tests.Unit.Negotiation;

public sealed class SlateSearchTests
{
    private const int Count = 11;

    private static readonly Gen<RuleSet> Rules = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[1, 7], Gen.Int[1, 3], Gen.Int[5, 50], Gen.Int[0, 63])
        .Select((tail, head, distinct, each, price, which) => Policies.WithRules(
            [.. new[]
            {
                $"id: tail, type: count, facet: stratum, values: [tail], atLeast: {tail}, priority: 1",
                $"id: head, type: count, facet: stratum, values: [head], atMost: {head}, priority: 2",
                $"id: distinct, type: distinct, facet: genre, atLeast: {distinct}, priority: 3",
                $"id: each, type: count, facet: firstGenre, forEach: true, atMost: {each}, priority: 4",
                $"id: price, type: total, facet: price, atMost: {price}, atLeast: 3, priority: 5",
                $"id: genre, type: count, facet: genre, forEach: true, atLeast: {each}, priority: 6",
            }.Where((_, i) => (which & (1 << i)) != 0),
                "id: wish, type: count, facet: decade, forEach: true, atMost: 1, severity: soft, weight: 0.3",
                "id: wish2, type: distinct, facet: genre, atLeast: 6, severity: soft, weight: 0.2"]));

    private static readonly Gen<(RuleSet Rules, World World, int Length)> Cases =
        Gen.Select(Rules, Gen.Int[0, 100_000], Gen.Int[1, 5]).Select((rules, seed, length) => (rules, World.Generate(seed, Count, genres: 8, mostGenres: 2), length));

    [Fact]
    public void Best_SmallInstances_IsTheOptimumOfBruteForce()
    {
        Cases.Sample(
            @case =>
            {
                var (rules, world, length) = @case;
                var expected = BruteForce.Best(rules, world, length);
                var columns = world.Columns(rules, length);
                double[] values = [.. world.Candidates.Select(candidate => candidate.Utility)];
                var answer = new SlateSearch(columns, Count, length).Best(values, softness: 1);
                Assert.True(answer.IsProven);
                if (expected is null)
                    Assert.Null(answer.Slate);
                else
                    Assert.Equal(expected.Value, answer.Worth, 8);
            },
            iter: 600);
    }

    [Fact]
    public void Find_SmallInstances_FindsASlateExactlyWhenThereIsOne()
    {
        Cases.Sample(
            @case =>
            {
                var (rules, world, length) = @case;
                var columns = world.Columns(rules, length);
                double[] values = [.. world.Candidates.Select(candidate => candidate.Utility)];
                var answer = FeasibleSlate.Find(values, length, columns);
                Assert.True(answer.IsProven);
                Assert.Equal(BruteForce.Best(rules, world, length) is not null, answer.Slate is not null);
                if (answer.Slate is not null)
                    Assert.True(BruteForce.Keeps(rules, world, answer.Slate));
            },
            iter: 600);
    }

    [Fact]
    public void Relax_SmallInstances_KeepsAndMovesBoundsAsBruteForceDoes()
    {
        Cases.Sample(
            @case =>
            {
                var (rules, world, length) = @case;
                var columns = world.Columns(rules, length);
                double[] values = [.. world.Candidates.Select(candidate => candidate.Utility)];
                var relaxing = RuleRelaxation.Relax(columns, values, length);
                Assert.Equal(BruteForce.Relaxed(rules, world, length), relaxing.Relaxed.Select(rule => (rule.RuleId, Distance(rules, rule))));
            },
            iter: 600);

        static decimal Distance(RuleSet rules, RelaxedRule relaxed)
        {
            var rule = rules.Rules.Single(rule => rule.Id == relaxed.RuleId);
            return Math.Abs((rule.AtLeast ?? 0) - (relaxed.AtLeast ?? 0)) + Math.Abs((rule.AtMost ?? 0) - (relaxed.AtMost ?? 0));
        }
    }

    [Fact]
    public void Best_TighterHardRule_NeverRaisesTheOptimum()
    {
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[1, 4], Gen.Int[0, 3]).Sample(
            (seed, tail, head) =>
            {
                var world = World.Generate(seed, 60);
                Assert.True(Worth(world, tail, head) >= Worth(world, tail + 1, head) - 1e-9);
                Assert.True(Worth(world, tail, head + 1) >= Worth(world, tail, head) - 1e-9);
            },
            iter: 60);

        static double Worth(World world, int tail, int head)
        {
            var rules = Policies.WithRules(
                $"id: tail, type: count, facet: stratum, values: [tail], atLeast: {tail}",
                $"id: head, type: count, facet: stratum, values: [head], atMost: {head}",
                "id: each, type: count, facet: firstGenre, forEach: true, atMost: 2",
                "id: distinct, type: distinct, facet: genre, atLeast: 7");
            var columns = world.Columns(rules, 8);
            var answer = new SlateSearch(columns, world.Count, 8).Best([.. world.Candidates.Select(candidate => candidate.Utility)], softness: 1, limit: 2_000_000);
            Assert.True(answer.IsProven);
            return answer.Worth;
        }
    }
}
