using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Evaluation;

namespace AgentRec.Grains.Offline;

/// <summary>How a closed loop runs.</summary>
/// <param name="Periods">How many periods are replayed, at least 1; a period is a day, and everyone is shown one slate in it.</param>
/// <param name="Seed">The seed of what users do, of fits and of intervals.</param>
/// <param name="Threads">The number of threads; 0 uses every processor. It changes no result.</param>
public sealed record ClosedLoopTerms(int Periods, ulong Seed, int Threads = 0)
{
    /// <summary>The greatest number of periods.</summary>
    public const int GreatestPeriods = 1_000;

    /// <summary>
    /// Models are fitted again after every so many periods; in between, what is consumed counts for its user at once, by folding
    /// the history in. Twenty periods of ml-latest-small, both arms, take about two minutes on two idle processors.
    /// </summary>
    public const int RefitEvery = 5;
}

/// <summary>
/// Replays periods in which simulated users consume what they are shown and models and exposure ledgers learn from it, twice:
/// with item agents that bid, and with none. Both worlds start alike and meet the same users.
/// </summary>
/// <param name="split">The users, what is known of them, and what is held out.</param>
/// <param name="model">The model, trained on what is known.</param>
/// <param name="rules">The policy, its agency included.</param>
/// <param name="terms">How the loop runs.</param>
public sealed class ClosedLoop(EvaluationSplit split, RecommenderModel model, RuleSet rules, ClosedLoopTerms terms)
{
    /// <summary>Replays all periods.</summary>
    /// <param name="progress">Hears of every period.</param>
    /// <param name="cancellation">Stops the loop.</param>
    public ClosedLoopReport Run(IProgress<int>? progress, CancellationToken cancellation)
    {
        var workers = new ParallelOptions { MaxDegreeOfParallelism = terms.Threads > 0 ? terms.Threads : Environment.ProcessorCount, CancellationToken = cancellation };
        var taste = HiddenTaste.Learn(split, terms.Seed, terms.Threads, cancellation);
        ClosedLoopArm[] arms = [Arm(withAgency: true), Arm(withAgency: false)];
        var shown = ImmutableArray.CreateBuilder<ArmsShown>(terms.Periods);
        for (var period = 1; period <= terms.Periods; period++)
        {
            shown.Add(new ArmsShown(arms[0].Play(period), arms[1].Play(period)));
            progress?.Report(period);
        }
        return new ClosedLoopMeasures(split.Catalogue, terms.Seed, workers).Measure(shown.ToImmutable());

        ClosedLoopArm Arm(bool withAgency) => new(split, model, taste, rules, withAgency, terms, workers);
    }
}
