using System.Collections.Immutable;
using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Scorers;

namespace AgentRec.Recommenders.Training;

/// <summary>What was learned from a held-out tail.</summary>
/// <param name="Blend">The weights.</param>
/// <param name="Calibration">The calibration of users with a history.</param>
/// <param name="Reliability">How the calibration does on the tail.</param>
internal sealed record BlendTraining(Blend Blend, Calibration Calibration, Reliability Reliability)
{
    private const double Ridge = 1e-3;

    // Features of all candidates are held in memory: this many floats at most (192 MB).
    private const long MostFeatures = 48_000_000;

    /// <summary>Learns weights and calibration.</summary>
    /// <param name="scorers">Scorers that have not seen the tail.</param>
    /// <param name="users">The tail.</param>
    /// <param name="itemCount">The number of items.</param>
    /// <param name="workers">How many threads, and when to stop.</param>
    public static BlendTraining Learn(ImmutableArray<IScorer> scorers, IReadOnlyList<HeldOutUser> users, int itemCount, ParallelOptions workers)
    {
        var most = (int)Math.Min(users.Count, Math.Max(1, MostFeatures / Math.Max(1, (long)itemCount * scorers.Length)));
        HeldOutUser[] sample = [.. Enumerable.Range(0, users.Count).OrderBy(user => StableHash.Of(0, (ulong)user)).Take(most).Order().Select(user => users[user])];
        var newcomers = Weights([.. sample.Select(user => user with { History = UserHistory.Empty })], out _);
        var weights = Weights(sample, out var examples);
        var calibration = CalibrationLearner.Learn(examples, weights, workers);
        return new BlendTraining(
            new Blend([.. weights], [.. newcomers]), calibration, CalibrationLearner.Check(examples, weights, calibration));

        double[] Weights(HeldOutUser[] known, out BlendExample[] learnedFrom)
        {
            var all = new BlendExample?[known.Length];
            Parallel.For(0, known.Length, workers, i => all[i] = BlendExample.Of(scorers, known[i], itemCount));
            learnedFrom = [.. all.OfType<BlendExample>()];
            // Without a tail to learn from, all scorers speak alike.
            return learnedFrom.Length == 0
                ? [.. scorers.Select(_ => 1.0 / scorers.Length)]
                : BlendLearner.Learn(learnedFrom, scorers.Length, Ridge, workers);
        }
    }
}
