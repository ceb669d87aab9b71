using System.Buffers;
using System.Numerics.Tensors;

namespace AgentRec.Recommenders.Blending;

/// <summary>
/// Puts the scores of different scorers on one scale: log(n / place), where place is the item's place among the n items known at
/// training (tied items share the mean of their places), less the mean over those items, so that a scorer that has nothing to
/// say of a user says 0 of every item. Chances fall with the place about as a power, which makes the scale of the first places
/// comparable across scorers, whatever the shape of their scores. Nothing depends on which items are candidates.
/// </summary>
internal static class ScoreScale
{
    // log(k / 2) at k: mean places are whole or half. A longer table replaces a shorter one when a greater catalogue comes.
    private static float[] _logs = [];

    /// <summary>The greatest distance of a rescaled score from 0 among n items.</summary>
    /// <param name="items">The number n.</param>
    public static double Reach(int items) => Math.Log(2.0 * Math.Max(items, 1));

    /// <summary>Rescales in place.</summary>
    /// <param name="scores">Scores by handle.</param>
    /// <param name="trained">The number n of items known at training; they come first.</param>
    public static void Apply(Span<float> scores, int trained)
    {
        var n = scores.Length;
        var rented = ArrayPool<FallingOrder.Place>.Shared.Rent(n);
        var places = rented.AsSpan(0, n);
        var logs = Logs(n);
        FallingOrder.Sort(scores, places);
        var above = 0;
        for (var start = 0; start < n;)
        {
            var (end, tied) = (start, 0);
            for (; end < n && places[end].Key == places[start].Key; end++)
                tied += places[end].Handle < trained ? 1 : 0;
            var log = logs[(2 * above) + tied + 1];
            for (; start < end; start++)
                scores[places[start].Handle] = log;
            above += tied;
        }
        ArrayPool<FallingOrder.Place>.Shared.Return(rented);
        var mean = trained == 0 ? 0 : TensorPrimitives.Sum<float>(scores[..trained]) / trained;
        TensorPrimitives.Subtract(mean, scores, scores);
    }

    private static float[] Logs(int places)
    {
        var logs = Volatile.Read(ref _logs);
        if (logs.Length > (2 * places) + 1)
            return logs;
        logs = [.. Enumerable.Range(0, 2 * (places + 1)).Select(k => k / 2f)];
        TensorPrimitives.Log(logs, logs);
        Volatile.Write(ref _logs, logs);
        return logs;
    }
}
