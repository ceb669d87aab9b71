using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace AgentRec.Recommenders.Blending;

/// <summary>Fits a <see cref="Calibration"/> by maximum likelihood (Newton's method) to all pairs of held-out user and candidate.</summary>
internal static class CalibrationLearner
{
    private const double LeastSlope = 0.05;
    private const double GreatestSlope = 5;
    private const int MaximumSteps = 50;

    /// <summary>Fits slope and offset.</summary>
    /// <param name="examples">Held-out users.</param>
    /// <param name="weights">The weights that make raw scores of features.</param>
    /// <param name="workers">How many threads, and when to stop.</param>
    public static Calibration Learn(IReadOnlyList<BlendExample> examples, double[] weights, ParallelOptions workers)
    {
        var pairs = examples.Sum(example => (double)example.Count);
        var taken = examples.Sum(example => (double)example.Targets.Length);
        if (taken == 0)
            return Bounded(1, -4, weights);
        var raw = examples.Select(example => Raw(example, weights)).ToArray();
        var (slope, offset) = (0.0, Math.Log(taken / Math.Max(pairs - taken, 1)));
        for (var step = 0; step < MaximumSteps; step++)
        {
            var parts = new double[examples.Count][];
            Parallel.For(0, examples.Count, workers, i => parts[i] = Derivatives(raw[i], examples[i].Targets, slope, offset));
            var sum = Enumerable.Range(0, 5).Select(d => parts.Sum(part => part[d])).ToArray();
            var (gs, go, hss, hso, hoo) = (sum[0], sum[1], sum[2] + 1e-6, sum[3], sum[4] + 1e-6);
            var determinant = (hss * hoo) - (hso * hso);
            var (ds, shift) = (((hoo * gs) - (hso * go)) / determinant, ((hss * go) - (hso * gs)) / determinant);
            // Full steps from a flat start can overshoot where positives are one in thousands.
            var damping = Math.Min(1, 1 / Math.Max(Math.Abs(ds), Math.Abs(shift)));
            slope -= damping * ds;
            offset -= damping * shift;
            if (Math.Abs(ds) + Math.Abs(shift) < 1e-9)
                break;
        }
        return Bounded(slope, offset, weights);
    }

    /// <summary>Groups pairs by rank of relevance: tenths of what was taken, so that every group holds evidence.</summary>
    /// <param name="examples">Held-out users.</param>
    /// <param name="weights">The weights that make raw scores of features.</param>
    /// <param name="calibration">The calibration.</param>
    public static Reliability Check(IReadOnlyList<BlendExample> examples, double[] weights, Calibration calibration)
    {
        const int Groups = 10;
        var all = new List<(float Raw, bool Taken)>();
        foreach (var example in examples)
        {
            var raw = Raw(example, weights);
            all.AddRange(raw.Select((value, place) => (value, Array.BinarySearch(example.Targets, place) >= 0)));
        }
        all.Sort((x, y) => y.Raw.CompareTo(x.Raw));
        var total = all.Count(pair => pair.Taken);
        var bins = ImmutableArray.CreateBuilder<ReliabilityBin>();
        var (start, hits) = (0, 0);
        var predicted = 0.0;
        for (var i = 0; i < all.Count; i++)
        {
            predicted += calibration.Relevance(all[i].Raw);
            hits += all[i].Taken ? 1 : 0;
            var full = hits >= Math.Max(1, total / (double)Groups) && bins.Count < Groups - 1;
            if (!full && i + 1 < all.Count)
                continue;
            var count = i + 1 - start;
            bins.Add(new ReliabilityBin(predicted / count, (double)hits / count, count));
            (start, hits, predicted) = (i + 1, 0, 0);
        }
        return new Reliability(bins.ToImmutable());
    }

    private static Calibration Bounded(double slope, double offset, double[] weights)
    {
        slope = double.IsFinite(slope) ? Math.Clamp(slope, LeastSlope, GreatestSlope) : 1;
        offset = double.IsFinite(offset) ? Math.Min(offset, 0) : 0;
        var reach = weights.Sum(Math.Abs) * ScoreScale.Greatest;
        return new Calibration(Math.Min(slope, Calibration.Limit / Math.Max(reach, 1)), offset);
    }

    private static float[] Raw(BlendExample example, double[] weights)
    {
        var raw = new float[example.Count];
        for (var s = 0; s < weights.Length; s++)
            TensorPrimitives.MultiplyAdd(example.Features.AsSpan(s * example.Count, example.Count), (float)weights[s], raw, raw);
        return raw;
    }

    // First and second derivatives of the negative log-likelihood by slope and offset.
    private static double[] Derivatives(float[] raw, int[] targets, double slope, double offset)
    {
        double gs = 0, go = 0, hss = 0, hso = 0, hoo = 0;
        foreach (var x in raw)
        {
            var p = 1 / (1 + Math.Exp(-((slope * x) + offset)));
            var variance = p * (1 - p);
            gs += p * x;
            go += p;
            hss += variance * x * x;
            hso += variance * x;
            hoo += variance;
        }
        foreach (var target in targets)
        {
            gs -= raw[target];
            go--;
        }
        return [gs, go, hss, hso, hoo];
    }
}
