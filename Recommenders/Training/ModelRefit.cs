using System.Collections.Immutable;
using AgentRec.Recommenders.Ranking;
using AgentRec.Recommenders.Scorers;

namespace AgentRec.Recommenders.Training;

/// <summary>
/// Fits a trained model again to newer data: what was chosen and learned on held-out data stays (parameters, the blend's weights,
/// its calibration), everything that is counted or solved for is counted and solved for anew.
/// </summary>
public static class ModelRefit
{
    /// <summary>Fits again.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="data">The newer data, over the same catalogue.</param>
    /// <param name="options">Seed and threads; the scorers are the model's own.</param>
    /// <param name="cancellation">Stops the fit.</param>
    /// <exception cref="ArgumentException">The data is over a catalogue of another size.</exception>
    public static RecommenderModel Fit(RecommenderModel model, TrainingData data, TrainingOptions options, CancellationToken cancellation = default)
    {
        if (data.ItemCount != model.Catalogue.Count)
            throw new ArgumentException($"The data is over {data.ItemCount} items, the model over {model.Catalogue.Count}: collect the data with the model's catalogue.", nameof(data));
        var workers = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Threads > 0 ? options.Threads : Environment.ProcessorCount,
            CancellationToken = cancellation,
        };
        var recipes = ScorerRecipe.All(options.Seed, model.Space, model.Index, workers).ToDictionary(recipe => recipe.Name, StringComparer.Ordinal);
        var info = model.Info with
        {
            TrainedItems = data.ItemCount, Users = data.Users.Length, Positives = data.Positives, FirstTime = data.FirstTime, LastTime = data.LastTime,
        };
        var catalogue = model.Catalogue.WithPositives(data.PositiveCounts);
        ImmutableArray<IScorer> scorers = [.. model.Scorers.Select(scorer => recipes[scorer.Name].Refit(data, scorer))];
        var ranking = model.Ranking?.With(RankingEvidence.Fit(catalogue, scorers, data, workers));
        return new RecommenderModel(catalogue, info, scorers, model.Blend, ranking, model.Space, model.Index);
    }
}
