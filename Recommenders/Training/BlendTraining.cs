using System.Collections.Immutable;
using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Scorers;

namespace AgentRec.Recommenders.Training;

/// <summary>Learns a blend from a held-out tail.</summary>
/// <param name="scorers">Scorers that have not seen the tail.</param>
/// <param name="itemCount">The number of items.</param>
/// <param name="workers">How many threads, and when to stop.</param>
internal sealed class BlendTraining(ImmutableArray<IScorer> scorers, int itemCount, ParallelOptions workers)
{
    private const double Ridge = 1e-3;

    // So few weights need no more users than this, however many there are.
    private const int MostUsers = 5_000;

    /// <summary>Learns weights and calibrations.</summary>
    /// <param name="users">The tail.</param>
    /// <returns>The blend, and how its calibration for users with a history does on the tail.</returns>
    public (Blend Blend, Reliability Reliability) Learn(IReadOnlyList<HeldOutUser> users)
    {
        HeldOutUser[] sample =
        [
            .. Enumerable.Range(0, users.Count)
                .OrderBy(user => StableHash.Of(0, (ulong)user)).Take(MostUsers).Order()
                .Select(user => users[user]),
        ];
        HeldOutUser[] newcomers = [.. sample.Select(user => user with { History = UserHistory.Empty })];
        // The same users as if they had just come: of each the last item, the last two or the last three.
        HeldOutUser[] starters =
        [
            .. sample.Where(user => user.History.Count > 0)
                .Select((user, i) => user with { History = user.History.Last(Math.Min(user.History.Count, 1 + (int)(StableHash.Of(1, (ulong)i) % Blend.Few))) }),
        ];
        var weighed = new Blend(Weighed(sample), Weighed(newcomers)) { Short = Weighed(starters) };
        var windows = Windows(weighed, sample);
        var blend = new Blend(Calibrated(weighed.Known, windows), Calibrated(weighed.New, Windows(weighed, newcomers)))
        {
            Short = Calibrated(weighed.Short, Windows(weighed, starters)),
        };
        return (blend, CalibrationLearner.Check(windows, blend.Known.Calibration));
    }

    private BlendCurve Weighed(HeldOutUser[] users)
    {
        var examples = new BlendExample?[users.Length];
        Parallel.For(0, users.Length, workers, i => examples[i] = BlendExample.Of(scorers, users[i], itemCount));
        BlendExample[] telling = [.. examples.OfType<BlendExample>()];
        // Without a tail to learn from, all scorers speak alike.
        ImmutableArray<double> weights = telling.Length == 0
            ? [.. scorers.Select(_ => 1.0 / scorers.Length)]
            : [.. BlendLearner.Learn(telling, scorers.Length, Ridge, workers)];
        return new BlendCurve(weights, new Calibration(1, 0));
    }

    private CalibrationExample[] Windows(Blend blend, HeldOutUser[] users)
    {
        var windows = new CalibrationExample[users.Length];
        Parallel.For(0, users.Length, workers, i => windows[i] = CalibrationExample.Of(scorers, blend, users[i], itemCount));
        return windows;
    }

    private BlendCurve Calibrated(BlendCurve curve, CalibrationExample[] windows) =>
        curve with { Calibration = CalibrationLearner.Learn(windows, curve.Weights.Sum(Math.Abs) * ScoreScale.Reach(itemCount)) };
}
