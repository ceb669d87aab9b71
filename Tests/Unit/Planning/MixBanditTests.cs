using AgentRec.Grains.Planning.Mixes;
using CsCheck;
using StableHash = AgentRec.Domain.StableHash;

namespace AgentRec.Tests.Unit.Planning;

/// <summary>The bandit as a function: probabilities, draws, learning.</summary>
public sealed class MixBanditTests
{
    private static readonly MixContext Warm = new("many", HasWords: true, IsReturning: false);

    [Fact]
    public void Contexts_AreAllDifferent_AndKnowTheirPlaces()
    {
        Assert.Equal(16, MixContext.All.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 16), MixContext.All.Select(context => context.Index));
        Assert.Equal(16, MixContext.All.Select(context => string.Join(' ', context.Features())).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("many/words/first", Warm.Name);
    }

    [Fact]
    public void Propensities_AfterAnyOutcomes_SumToOneAndLeaveNoMixOut() =>
        Gen.Select(Gen.Int[0, 15], Gen.Int[0, 3], Gen.Double[0, 1]).List[0, 60].Sample(
            outcomes =>
            {
                var bandit = MixBandit.Prior.After([.. outcomes.Select(outcome => new MixOutcome(MixContext.All[outcome.Item1], outcome.Item2, outcome.Item3))]);
                foreach (var propensities in MixContext.All.Select(bandit.Propensities))
                {
                    Assert.Equal(1, propensities.Sum(), 12);
                    Assert.All(propensities, propensity => Assert.InRange(propensity, MixBandit.Floor, 1));
                }
            },
            iter: 20);

    [Fact]
    public void Decide_OverManyTurns_DrawsAsOftenAsThePropensitiesSay()
    {
        const int turns = 20_000;
        var bandit = MixBandit.Prior.After([.. Enumerable.Range(0, 12).Select(i => new MixOutcome(Warm, i % 4, i % 4 == 2 ? 1 : 0))]);
        var drawn = new int[CandidateMix.All.Length];

        for (var turn = 0; turn < turns; turn++)
        {
            var decision = bandit.Decide(Warm, seed: (ulong)turn, "s", turn);
            Assert.Equal(bandit.Propensities(Warm)[decision.Arm], decision.Propensity);
            drawn[decision.Arm]++;
        }

        for (var arm = 0; arm < drawn.Length; arm++)
        {
            var expected = bandit.Propensities(Warm)[arm];
            // Five standard errors of a binomial share.
            Assert.InRange((double)drawn[arm] / turns, expected - Error(expected), expected + Error(expected));
        }

        static double Error(double share) => 5 * Math.Sqrt(share * (1 - share) / turns);
    }

    [Fact]
    public void Decide_ByTheSameSeedSessionAndTurn_IsTheSame()
    {
        var bandit = MixBandit.Prior;
        var first = Play(bandit, 7, "s");

        Assert.Equal(first, Play(bandit, 7, "s"));
        Assert.NotEqual(first, Play(bandit, 8, "s"));
        Assert.NotEqual(first, Play(bandit, 7, "t"));
        Assert.True(first.Distinct().Count() > 1, "every turn got the same mix");

        static int[] Play(MixBandit bandit, ulong seed, string session) => [.. Enumerable.Range(1, 40).Select(turn => bandit.Decide(Warm, seed, session, turn).Arm)];
    }

    [Fact]
    public void After_InASimulatedWorld_LearnsTheBetterMixOfEachState()
    {
        // The world: with words the second mix is the best, without them the third.
        var bandit = MixBandit.Prior;
        for (var period = 0; period < 8; period++)
        {
            var running = bandit;
            bandit = bandit.After(
            [
                .. Enumerable.Range(0, 400).Select(turn =>
                {
                    var context = MixContext.All[turn % MixContext.All.Length];
                    var decision = running.Decide(context, (ulong)period, "s", turn);
                    var chance = decision.Arm == Best(context) ? 70UL : 20UL;
                    return new MixOutcome(context, decision.Arm, StableHash.Of((ulong)period, (ulong)turn) % 100 < chance ? 1 : 0);
                }),
            ]);
        }

        Assert.Equal(8, bandit.Period);
        foreach (var context in MixContext.All)
            Assert.True(bandit.Propensities(context)[Best(context)] > 0.7, $"{context.Name}: {string.Join(' ', bandit.Propensities(context))}");

        static int Best(MixContext context) => context.HasWords ? 1 : 2;
    }

    [Fact]
    public void After_NoOutcomes_CountsThePeriodAndKeepsTheBeliefs()
    {
        var bandit = MixBandit.Prior.After([]);

        Assert.Equal(1, bandit.Period);
        Assert.All(bandit.Propensities(Warm), propensity => Assert.InRange(propensity, 0.15, 0.35));
    }
}
