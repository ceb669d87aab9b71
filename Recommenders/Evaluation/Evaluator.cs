using System.Collections.Immutable;
using System.Diagnostics;

namespace AgentRec.Recommenders.Evaluation;

/// <summary>Measures rankers on a split: full-catalogue ranking, no sampled negatives. The same seed gives the same metrics on any number of threads.</summary>
/// <param name="seed">The seed of the intervals.</param>
/// <param name="threads">The number of threads; 0 uses every processor.</param>
/// <param name="resamples">How many resamples make an interval.</param>
public sealed class Evaluator(ulong seed, int threads = 0, int resamples = 1000)
{
    /// <summary>Measures several rankers.</summary>
    /// <param name="dataset">The data set's name in the report.</param>
    /// <param name="split">The split.</param>
    /// <param name="rankers">The rankers.</param>
    /// <param name="finished">Hears of every ranker that is finished.</param>
    /// <param name="cancellation">Stops the evaluation.</param>
    public EvaluationReport Run(
        string dataset, EvaluationSplit split, IEnumerable<IRanker> rankers, IProgress<ModelReport>? finished = null, CancellationToken cancellation = default)
    {
        var models = ImmutableArray.CreateBuilder<ModelReport>();
        foreach (var ranker in rankers)
        {
            models.Add(Measure(split, ranker, cancellation));
            finished?.Report(models[^1]);
        }
        return new EvaluationReport(dataset, split.Protocol, seed, new EvaluatedUsers(split.Test.Length, split.Skipped), models.ToImmutable());
    }

    /// <summary>Measures one ranker.</summary>
    /// <param name="split">The split.</param>
    /// <param name="ranker">The ranker.</param>
    /// <param name="cancellation">Stops the evaluation.</param>
    public ModelReport Measure(EvaluationSplit split, IRanker ranker, CancellationToken cancellation = default)
    {
        var workers = Workers(cancellation);
        var users = new UserMetrics[split.Test.Length];
        var ticks = new long[users.Length];
        Parallel.For(0, users.Length, workers, i =>
        {
            var started = Stopwatch.GetTimestamp();
            var ranked = ranker.Rank(split.Test[i]);
            ticks[i] = Stopwatch.GetTimestamp() - started;
            users[i] = UserMetrics.Of(split.Catalogue, ranked, split.Test[i].Targets);
        });
        var bootstrap = new Bootstrap(seed, resamples, workers);
        var (coverage, gini) = bootstrap.Concentrations([.. users.Select(user => user.Shown)], split.Catalogue.Count);
        var metrics = ImmutableSortedDictionary.CreateBuilder<string, MetricEstimate>(StringComparer.Ordinal);
        metrics.Add(MetricNames.Coverage, coverage);
        metrics.Add(MetricNames.Gini, gini);
        string[] means = [MetricNames.Ndcg, MetricNames.HitRate, MetricNames.Recall10, MetricNames.Recall20, MetricNames.Recall50, MetricNames.ReciprocalRank, MetricNames.Diversity, MetricNames.TailShare];
        foreach (var name in means)
            metrics.Add(name, bootstrap.Mean([.. users.Select(user => user.Values[name])]));
        return new ModelReport(
            ranker.Name, ranker.Parameters, metrics.ToImmutable(), ranker.FitSeconds,
            users.Length == 0 ? 0 : ticks.Sum() * 1000.0 / Stopwatch.Frequency / users.Length, null)
        {
            ByUser = means.ToImmutableSortedDictionary(name => name, name => users.Select(user => user.Values[name]).ToImmutableArray(), StringComparer.Ordinal),
        };
    }

    /// <summary>The mean over users of one ranker's metric minus another's, with its interval over the same resamples as all others.</summary>
    /// <param name="model">What a ranker reached.</param>
    /// <param name="other">What the other reached, on the same split.</param>
    /// <param name="metric">A metric that is a mean over users.</param>
    public MetricEstimate Difference(ModelReport model, ModelReport other, string metric) =>
        new Bootstrap(seed, resamples, Workers(CancellationToken.None)).Mean([.. model.ByUser[metric].Zip(other.ByUser[metric], (left, right) => left - right)]);

    private ParallelOptions Workers(CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount, CancellationToken = cancellation };
}
