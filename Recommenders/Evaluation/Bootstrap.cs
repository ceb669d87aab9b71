using System.Collections.Immutable;

namespace AgentRec.Recommenders.Evaluation;

/// <summary>
/// Intervals by resampling users with replacement (Efron, Tibshirani: An introduction to the bootstrap, 1993). All metrics
/// and models are resampled alike, so that intervals compare.
/// </summary>
/// <param name="seed">The seed of the resamples.</param>
/// <param name="resamples">How many.</param>
/// <param name="workers">How many threads, and when to stop; they change no result.</param>
internal sealed class Bootstrap(ulong seed, int resamples, ParallelOptions workers)
{
    private const double Tail = 0.025;

    /// <summary>The mean over users with its percentile interval.</summary>
    /// <param name="values">A value for each user.</param>
    public MetricEstimate Mean(double[] values)
    {
        var means = new double[resamples];
        Parallel.For(0, resamples, workers, resample =>
        {
            foreach (var user in Draw(resample, values.Length))
                means[resample] += values[user];
            means[resample] /= Math.Max(1, values.Length);
        });
        return Interval(values.Length == 0 ? 0 : values.Average(), means, 0);
    }

    /// <summary>The ratio of two means over the same users, who are resampled alike for both.</summary>
    /// <param name="over">A value for each user: the numerator's.</param>
    /// <param name="under">The denominator's, in the same order.</param>
    /// <returns>Null where the denominator is 0, in the data or in a resample: such a ratio has no interval.</returns>
    public MetricEstimate? Ratio(double[] over, double[] under)
    {
        var (ratios, whole) = (new double[resamples], under.Sum());
        if (whole <= 0)
            return null;
        Parallel.For(0, resamples, workers, resample =>
        {
            var (upper, lower) = (0.0, 0.0);
            foreach (var user in Draw(resample, over.Length))
            {
                upper += over[user];
                lower += under[user];
            }
            ratios[resample] = upper / lower;
        });
        return Array.TrueForAll(ratios, double.IsFinite) ? Interval(over.Sum() / whole, ratios, 0) : null;
    }

    /// <summary>
    /// Coverage and Gini coefficient with intervals. A resample holds fewer distinct users than the original and so covers
    /// less: the interval is shifted by the mean difference, so that it surrounds the estimate.
    /// </summary>
    /// <param name="shown">The first ten of each user.</param>
    /// <param name="items">The size of the catalogue.</param>
    public (MetricEstimate Coverage, MetricEstimate Gini) Concentrations(ImmutableArray<int>[] shown, int items)
    {
        var (coverages, ginis) = (new double[resamples], new double[resamples]);
        Parallel.For(0, resamples, workers, () => new int[items], (resample, _, exposures) =>
        {
            Array.Clear(exposures);
            Count(Draw(resample, shown.Length), exposures);
            coverages[resample] = Concentration.Coverage(exposures);
            ginis[resample] = Concentration.Gini(exposures);
            return exposures;
        }, _ => { });
        var all = new int[items];
        Count(Enumerable.Range(0, shown.Length), all);
        return (Shifted(Concentration.Coverage(all), coverages), Shifted(Concentration.Gini(all), ginis));

        void Count(IEnumerable<int> users, int[] exposures) => Bootstrap.Count(shown, users, exposures);
    }

    /// <summary>The difference of two Gini coefficients over the same users, who are resampled alike for both.</summary>
    /// <param name="left">What each user was shown the one way.</param>
    /// <param name="right">What each user was shown the other way.</param>
    /// <param name="items">The size of the catalogue.</param>
    /// <returns>Left minus right.</returns>
    public MetricEstimate GiniDifference(ImmutableArray<int>[] left, ImmutableArray<int>[] right, int items)
    {
        var differences = new double[resamples];
        Parallel.For(0, resamples, workers, () => new int[items], (resample, _, exposures) =>
        {
            differences[resample] = Gini(left, Draw(resample, left.Length), exposures) - Gini(right, Draw(resample, right.Length), exposures);
            return exposures;
        }, _ => { });
        var room = new int[items];
        return Shifted(Gini(left, Enumerable.Range(0, left.Length), room) - Gini(right, Enumerable.Range(0, right.Length), room), differences);
    }

    private static double Gini(ImmutableArray<int>[] shown, IEnumerable<int> users, int[] exposures)
    {
        Array.Clear(exposures);
        Count(shown, users, exposures);
        return Concentration.Gini(exposures);
    }

    private static void Count(ImmutableArray<int>[] shown, IEnumerable<int> users, int[] exposures)
    {
        foreach (var user in users)
        {
            foreach (var handle in shown[user])
                exposures[handle]++;
        }
    }

    private static MetricEstimate Shifted(double estimate, double[] samples) =>
        Interval(estimate, samples, samples.Length == 0 ? 0 : estimate - samples.Average());

    private static MetricEstimate Interval(double estimate, double[] samples, double shift)
    {
        if (samples.Length == 0)
            return new MetricEstimate(estimate, estimate, estimate);
        double[] sorted = [.. samples.Order()];
        double At(double quantile) => sorted[Math.Clamp((int)Math.Round(quantile * (sorted.Length - 1)), 0, sorted.Length - 1)];
        // Where hardly any resample differs, both percentiles may lie on one side of the estimate.
        return new MetricEstimate(estimate, Math.Min(estimate, At(Tail) + shift), Math.Max(estimate, At(1 - Tail) + shift));
    }

    private IEnumerable<int> Draw(int resample, int users)
    {
        var stream = StableHash.Of(seed, (ulong)resample);
        for (var draw = 0; draw < users; draw++)
            yield return (int)((StableHash.Of(stream, (ulong)draw) >> 32) * (ulong)users >> 32);
    }
}
