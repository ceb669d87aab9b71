using System.Collections.Immutable;

namespace AgentRec.Grains.Planning.Mixes;

/// <summary>
/// A contextual bandit over the candidate mixes by linear Thompson sampling, as a value. The probability of every mix in every
/// state is worked out when a period begins, as how often the mix is the best of many draws; turns then draw from exactly these
/// probabilities. So propensities are exact, and the same beliefs and seeds give the same choices.
/// </summary>
internal sealed class MixBandit
{
    /// <summary>The least probability of a mix: what is logged can be evaluated for any other policy over the mixes.</summary>
    public const double Floor = 0.02;

    private const int Draws = 512;

    private readonly ImmutableArray<ArmBelief> _beliefs;
    private readonly ImmutableArray<ImmutableArray<double>> _propensities;

    private MixBandit(ImmutableArray<ArmBelief> beliefs, int period)
    {
        (_beliefs, Period) = (beliefs, period);
        _propensities = Tabulate(beliefs, period);
    }

    /// <summary>Before anything was learnt.</summary>
    public static MixBandit Prior { get; } = new([.. CandidateMix.All.Select(_ => ArmBelief.Prior)], 0);

    /// <summary>How many periods were learnt from.</summary>
    public int Period { get; }

    /// <summary>The probability of each mix in a state; they sum to one.</summary>
    /// <param name="context">The state.</param>
    public ImmutableArray<double> Propensities(MixContext context) => _propensities[context.Index];

    /// <summary>Chooses a mix.</summary>
    /// <param name="context">The state.</param>
    /// <param name="seed">The turn's seed.</param>
    /// <param name="session">The session's id.</param>
    /// <param name="turn">The turn's number.</param>
    public MixDecision Decide(MixContext context, ulong seed, string session, int turn)
    {
        var propensities = Propensities(context);
        var left = Uniform(StableHash.Of(StableHash.Of(seed, session), (ulong)turn));
        var arm = 0;
        for (; arm < propensities.Length - 1 && left >= propensities[arm]; arm++)
            left -= propensities[arm];
        return new MixDecision(context, arm, propensities[arm], Period);
    }

    /// <summary>The bandit of the next period.</summary>
    /// <param name="outcomes">What came of choices since.</param>
    public MixBandit After(IReadOnlyCollection<MixOutcome> outcomes) =>
        new([.. _beliefs.Select((belief, arm) => belief.After([.. outcomes.Where(outcome => outcome.Arm == arm)]))], Period + 1);

    private static ImmutableArray<ImmutableArray<double>> Tabulate(ImmutableArray<ArmBelief> beliefs, int period)
    {
        var wins = MixContext.All.Select(_ => new int[beliefs.Length]).ToArray();
        var features = MixContext.All.Select(context => context.Features()).ToArray();
        for (var draw = 0; draw < Draws; draw++)
        {
            var weights = beliefs.Select((belief, arm) => belief.Draw(Normal(StableHash.Of(StableHash.Of((ulong)period, (ulong)draw), (ulong)arm)))).ToArray();
            for (var context = 0; context < features.Length; context++)
            {
                var values = weights.Select(weight => features[context].Select((x, i) => x * weight[i]).Sum()).ToArray();
                wins[context][Array.IndexOf(values, values.Max())]++;
            }
        }
        return [.. wins.Select(row => row.Select(won => Floor + ((1 - (row.Length * Floor)) * won / Draws)).ToImmutableArray())];
    }

    /// <summary>Standard normal numbers from a seed (Box and Muller).</summary>
    private static double[] Normal(ulong seed) =>
    [
        .. Enumerable.Range(0, MixContext.Dimensions).Select(i =>
            Math.Sqrt(-2 * Math.Log(1 - Uniform(StableHash.Of(seed, (ulong)(2 * i))))) * Math.Cos(2 * Math.PI * Uniform(StableHash.Of(seed, (ulong)((2 * i) + 1))))),
    ];

    /// <summary>A number in [0,1) from a hash.</summary>
    private static double Uniform(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));
}
