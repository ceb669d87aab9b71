using System.Collections.Immutable;
using System.Diagnostics;
using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Ranking;
using AgentRec.Recommenders.Scorers;
using AgentRec.Recommenders.Vectors;

namespace AgentRec.Recommenders.Training;

/// <summary>
/// Trains the whole: each scorer chooses its parameters on a held-out tail, the blend learns its weights and the calibration
/// its curve on the same tail with models that have not seen it, then every scorer is fitted again on all data.
/// </summary>
public static class ModelTrainer
{
    /// <summary>The name under which the blend is reported.</summary>
    public const string BlendName = "blend";

    /// <summary>Trains on data whose own tail is held out meanwhile.</summary>
    /// <param name="catalogue">The catalogue; its strata are taken from the data.</param>
    /// <param name="data">Everything known.</param>
    /// <param name="options">The options.</param>
    /// <param name="progress">Hears of every step.</param>
    /// <param name="cancellation">Stops the training.</param>
    public static TrainingResult Train(
        Catalogue catalogue, TrainingData data, TrainingOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default) =>
        Train(catalogue, HoldOut.Tail(data, options.LeastPositives), data, options, progress, cancellation);

    /// <summary>Trains with a given tail.</summary>
    /// <param name="catalogue">The catalogue; its strata are taken from the data.</param>
    /// <param name="holdOut">The data without its tail, and the tail.</param>
    /// <param name="data">Everything known, tail included.</param>
    /// <param name="options">The options.</param>
    /// <param name="progress">Hears of every step.</param>
    /// <param name="cancellation">Stops the training.</param>
    public static TrainingResult Train(
        Catalogue catalogue, HoldOut holdOut, TrainingData data, TrainingOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        var workers = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Threads > 0 ? options.Threads : Environment.ProcessorCount,
            CancellationToken = cancellation,
        };
        var started = Stopwatch.GetTimestamp();
        var tuning = new Tuning(holdOut.Users, workers);
        var space = ContentSpace.Fit(catalogue, new ContentSpaceParameters(), options.Seed);
        var index = space.Index(catalogue);
        ImmutableArray<ScorerRecipe> recipes =
        [
            .. ScorerRecipe.All(options.Seed, space, index, workers)
                .Where(recipe => options.Scorers.IsEmpty || options.Scorers.Contains(recipe.Name, StringComparer.Ordinal)),
        ];
        var stages = ImmutableArray.CreateBuilder<TrainingStage>();
        var candidates = ImmutableArray.CreateBuilder<IScorer>();
        var scorers = ImmutableArray.CreateBuilder<IScorer>();
        for (var i = 0; i < recipes.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            started = i == 0 ? started : Stopwatch.GetTimestamp();
            var (candidate, ndcg) = recipes[i].Choose(holdOut.Train, tuning);
            candidates.Add(candidate);
            scorers.Add(recipes[i].Refit(data, candidate));
            Report(candidate.Name, candidate.Parameters, ndcg, i + 1);
        }

        started = Stopwatch.GetTimestamp();
        var (blend, reliability) = new BlendTraining(candidates.ToImmutable(), data.ItemCount, workers).Learn(holdOut.Users);
        var blended = new BlendScorer(candidates.ToImmutable(), blend, data.ItemCount);
        Report(BlendName, blended.Parameters, tuning.Ndcg(blended), recipes.Length + 1);

        started = Stopwatch.GetTimestamp();
        var examples = new RankingExamples(recipes, candidates.ToImmutable(), blend, catalogue, Lending, workers);
        var learned = options.Ranking
            ? new RankerTraining(examples, candidates.ToImmutable(), blend, catalogue, Lending, workers).Learn(holdOut, stages[^1].ValidationNdcg, options.Seed)
            : RankerLearned.Nothing;
        var strata = catalogue.WithPositives(data.PositiveCounts);
        var ranking = learned.Model?.With(RankingEvidence.Fit(strata, scorers.ToImmutable(), data, workers));
        if (ranking is not null)
            Report(RankingModel.ModelName, learned.Ndcg, learned.Ndcg[ranking.Terms.Kind], recipes.Length + 2);
        else
            progress?.Report(new TrainingProgress(1, "ranker: none kept, the blend ranks as well or the users are too few"));
        var info = new ModelInfo(
            data.ItemCount, data.Users.Length, data.Positives, data.FirstTime, data.LastTime, options.Seed,
            stages.ToImmutableSortedDictionary(stage => stage.Name, stage => stage.ValidationNdcg, StringComparer.Ordinal));
        var model = new RecommenderModel(strata, info, scorers.ToImmutable(), blend, ranking, space, index);
        return new TrainingResult(model, stages.ToImmutable(), learned.Reliability ?? reliability);

        Borrowing Lending(ImmutableArray<int> counts) => Borrowing.Of(counts, index, space.MeaningDimension, workers);

        void Report(string name, ImmutableSortedDictionary<string, double> parameters, double ndcg, int step)
        {
            stages.Add(new TrainingStage(name, parameters, ndcg, Stopwatch.GetElapsedTime(started).TotalSeconds));
            progress?.Report(new TrainingProgress((double)step / (recipes.Length + 2), $"{name}: NDCG@10 {ndcg:F4} on the held-out tail"));
        }
    }
}
