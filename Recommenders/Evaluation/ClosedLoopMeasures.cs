using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Evaluation;

/// <summary>Turns the slates of a closed loop into figures. The same seed gives the same figures on any number of threads.</summary>
/// <param name="catalogue">The catalogue, with the strata of the start.</param>
/// <param name="seed">The seed of the intervals.</param>
/// <param name="workers">How many threads, and when to stop.</param>
public sealed class ClosedLoopMeasures(Catalogue catalogue, ulong seed, ParallelOptions workers)
{
    private const int Resamples = 1_000;

    private static readonly string[] Means = [MetricNames.Ndcg, MetricNames.Recall10, MetricNames.TailShare];

    private readonly Bootstrap _bootstrap = new(seed, Resamples, workers);

    /// <summary>Measures.</summary>
    /// <param name="periods">What was shown, at least one period.</param>
    public ClosedLoopReport Measure(ImmutableArray<ArmsShown> periods)
    {
        ArmTrack on = new(catalogue, periods.Select(period => period.On)), off = new(catalogue, periods.Select(period => period.Off));
        var all = (On: Figures(on, 0, periods.Length), Off: Figures(off, 0, periods.Length));
        return new ClosedLoopReport(
            [.. periods.Select((_, i) => new ClosedLoopPeriod(i + 1, Named(Figures(on, i, i + 1), Figures(off, i, i + 1))))],
            Named(all.On, all.Off),
            new ClosedLoopComparison(
                Differences(on, off, periods.Length),
                Ratio(all.On.DistinctItems, all.Off.DistinctItems),
                Ratio(all.On.DistinctTailItems, all.Off.DistinctTailItems)));
    }

    private ClosedLoopFigures Figures(ArmTrack arm, int from, int to)
    {
        var metrics = ImmutableSortedDictionary.CreateBuilder<string, MetricEstimate>(StringComparer.Ordinal);
        foreach (var name in Means)
            metrics.Add(name, _bootstrap.Mean([.. Values(arm, name, from, to).Where(value => value is not null).Select(value => value!.Value)]));
        metrics.Add(MetricNames.Gini, _bootstrap.Concentrations(arm.Shown(from, to), catalogue.Count).Gini);
        int[] seen = [.. arm.Shown(0, to).SelectMany(items => items).Distinct()];
        return new ClosedLoopFigures(metrics.ToImmutable(), seen.Length, seen.Count(item => catalogue.Stratum(item) == Stratum.Tail), arm.Consumed(from, to));
    }

    private ImmutableSortedDictionary<string, MetricEstimate> Differences(ArmTrack on, ArmTrack off, int periods)
    {
        var differences = ImmutableSortedDictionary.CreateBuilder<string, MetricEstimate>(StringComparer.Ordinal);
        foreach (var name in Means)
        {
            var pairs = Values(on, name, 0, periods).Zip(Values(off, name, 0, periods));
            differences.Add(name, _bootstrap.Mean([.. pairs.Where(pair => pair is (not null, not null)).Select(pair => pair.First!.Value - pair.Second!.Value)]));
        }
        differences.Add(MetricNames.Gini, _bootstrap.GiniDifference(on.Shown(0, periods), off.Shown(0, periods), catalogue.Count));
        return differences.ToImmutable();
    }

    /// <summary>Each user's mean over the periods; null where no period says anything of the user.</summary>
    private static IEnumerable<double?> Values(ArmTrack arm, string name, int from, int to) => Enumerable.Range(0, arm.Users).Select(user =>
        Enumerable.Range(from, to - from).Average(period => arm.Value(period, user, name)));

    private static ImmutableSortedDictionary<string, ClosedLoopFigures> Named(ClosedLoopFigures on, ClosedLoopFigures off) =>
        ImmutableSortedDictionary<string, ClosedLoopFigures>.Empty.WithComparers(StringComparer.Ordinal).Add(ClosedLoopArms.On, on).Add(ClosedLoopArms.Off, off);

    private static double Ratio(int on, int off) => off == 0 ? 1 : (double)on / off;

    /// <summary>One arm's slates by period and user, each measured once.</summary>
    private sealed class ArmTrack
    {
        private readonly ImmutableArray<ImmutableArray<SlateShown>> _periods;
        private readonly ImmutableSortedDictionary<string, double>[][] _values;

        public ArmTrack(Catalogue catalogue, IEnumerable<ImmutableArray<SlateShown>> periods)
        {
            _periods = [.. periods];
            _values = [.. _periods.Select(users => users.Select(shown => UserMetrics.Of(catalogue, shown.Slate, shown.Wanted).Values).ToArray())];
        }

        public int Users => _periods[0].Length;

        public double? Value(int period, int user, string name)
        {
            // Accuracy says nothing of a user who has nothing left to find.
            var isAccuracy = !string.Equals(name, MetricNames.TailShare, StringComparison.Ordinal);
            return isAccuracy && _periods[period][user].Wanted.IsEmpty ? null : _values[period][user][name];
        }

        public ImmutableArray<int>[] Shown(int from, int to) =>
            [.. Enumerable.Range(0, Users).Select(user => Enumerable.Range(from, to - from).SelectMany(period => _periods[period][user].Slate).ToImmutableArray())];

        public int Consumed(int from, int to) => _periods[from..to].Sum(period => period.Sum(shown => shown.Consumed));
    }
}
