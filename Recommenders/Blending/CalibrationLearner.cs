using System.Collections.Immutable;

namespace AgentRec.Recommenders.Blending;

/// <summary>Fits a <see cref="Calibration"/> by maximum likelihood (Newton's method) to the windows of held-out users.</summary>
internal static class CalibrationLearner
{
    private const double LeastSlope = 0.05;
    private const int MaximumSteps = 100;
    private const int Groups = 10;

    /// <summary>Fits slope and offset.</summary>
    /// <param name="examples">Held-out users.</param>
    /// <param name="reach">The greatest distance of a raw score from 0.</param>
    public static Calibration Learn(IReadOnlyList<CalibrationExample> examples, double reach)
    {
        var pairs = examples.Sum(example => (double)example.Raw.Length);
        var taken = examples.Sum(example => (double)example.Taken.Count(was => was));
        // One more of each kind keeps the odds finite where nothing, or everything, was taken.
        var (slope, offset) = (LeastSlope, Math.Log((taken + 1) / (pairs - taken + 1)));
        for (var step = 0; step < MaximumSteps && taken > 0; step++)
        {
            var (gs, go, hss, hso, hoo) = Derivatives(examples, slope, offset);
            var determinant = (hss * hoo) - (hso * hso);
            var (ds, shift) = (((hoo * gs) - (hso * go)) / determinant, ((hss * go) - (hso * gs)) / determinant);
            // Full steps from a flat start overshoot where what was taken is one in hundreds.
            var damping = Math.Min(1, 1 / Math.Max(Math.Abs(ds), Math.Abs(shift)));
            if (!double.IsFinite(damping))
                break;
            (slope, offset) = (slope - (damping * ds), offset - (damping * shift));
            if (Math.Abs(ds) + Math.Abs(shift) < 1e-9)
                break;
        }
        offset = Math.Min(offset, Calibration.Limit / 2);
        return new Calibration(Math.Min(Math.Max(slope, LeastSlope), (Calibration.Limit - offset) / Math.Max(reach, 1)), offset);
    }

    /// <summary>Groups pairs by falling relevance, each group with a tenth of what was taken, so that every row holds evidence.</summary>
    /// <param name="examples">Held-out users.</param>
    /// <param name="calibration">The calibration.</param>
    public static Reliability Check(IReadOnlyList<CalibrationExample> examples, Calibration calibration)
    {
        (float Raw, bool Taken)[] pairs = [.. examples.SelectMany(example => example.Raw.Zip(example.Taken)).OrderByDescending(pair => pair.First)];
        var share = Math.Max(1, pairs.Count(pair => pair.Taken) / (double)Groups);
        var bins = ImmutableArray.CreateBuilder<ReliabilityBin>();
        var (start, hits, predicted) = (0, 0, 0.0);
        for (var i = 0; i < pairs.Length; i++)
        {
            predicted += calibration.Relevance(pairs[i].Raw);
            hits += pairs[i].Taken ? 1 : 0;
            if (i + 1 < pairs.Length && (hits < share || bins.Count == Groups - 1))
                continue;
            var count = i + 1 - start;
            bins.Add(new ReliabilityBin(predicted / count, (double)hits / count, count));
            (start, hits, predicted) = (i + 1, 0, 0);
        }
        return new Reliability(bins.ToImmutable());
    }

    // First and second derivatives of the negative log-likelihood, with a prior so weak that it only keeps them solvable.
    private static (double Gs, double Go, double Hss, double Hso, double Hoo) Derivatives(IReadOnlyList<CalibrationExample> examples, double slope, double offset)
    {
        double gs = 1e-6 * slope, go = 0, hss = 1e-6, hso = 0, hoo = 1e-6;
        foreach (var example in examples)
        {
            for (var i = 0; i < example.Raw.Length; i++)
            {
                double x = example.Raw[i];
                var p = 1 / (1 + Math.Exp(-((slope * x) + offset)));
                var (error, variance) = (example.Taken[i] ? p - 1 : p, p * (1 - p));
                gs += error * x;
                go += error;
                hss += variance * x * x;
                hso += variance * x;
                hoo += variance;
            }
        }
        return (gs, go, hss, hso, hoo);
    }
}
