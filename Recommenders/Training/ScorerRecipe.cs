using AgentRec.Recommenders.Scorers;
using AgentRec.Recommenders.Vectors;

namespace AgentRec.Recommenders.Training;

/// <summary>How one scorer is chosen and fitted.</summary>
/// <param name="Name">The scorer's name.</param>
/// <param name="Choose">Fits candidates to data without its tail and picks the best on the tail.</param>
/// <param name="Refit">Fits again to other data with the parameters of a candidate.</param>
internal sealed record ScorerRecipe(
    string Name,
    Func<TrainingData, Tuning, (IScorer Scorer, double Ndcg)> Choose,
    Func<TrainingData, IScorer, IScorer> Refit)
{
    /// <summary>The recipes of all scorers, in the order of the blend's weights.</summary>
    /// <param name="seed">The seed of everything random.</param>
    /// <param name="space">The space of content vectors.</param>
    /// <param name="index">The vectors of the catalogue.</param>
    /// <param name="workers">How many threads, and when to stop.</param>
    public static IEnumerable<ScorerRecipe> All(ulong seed, ContentSpace space, VectorIndex index, ParallelOptions workers)
    {
        yield return Of(
            ContentScorer.ScorerName,
            (_, tuning) => tuning.Best(Vary(new ContentScorer(Grid.Content.First(), index, space.MeaningDimension), Grid.Content, (scorer, p) => scorer.With(p))),
            (_, chosen) => chosen);
        yield return Of(
            PopularityScorer.Popularity,
            (data, tuning) => tuning.Best(Grid.Popularity.Select(p => PopularityScorer.Fit(PopularityScorer.Popularity, data, p))),
            (data, chosen) => PopularityScorer.Fit(PopularityScorer.Popularity, data, chosen.Settings));
        yield return Of(
            PopularityScorer.Trending,
            (data, tuning) => tuning.Best(Grid.Trending.Select(p => PopularityScorer.Fit(PopularityScorer.Trending, data, p))),
            (data, chosen) => PopularityScorer.Fit(PopularityScorer.Trending, data, chosen.Settings));
        yield return Of(
            ItemKnnScorer.ScorerName,
            (data, tuning) => tuning.Best(Grid.ItemKnn.Select(p => ItemKnnScorer.Fit(data, p, workers))),
            (data, chosen) => ItemKnnScorer.Fit(data, chosen.Settings, workers));
        yield return Of(
            EaseScorer.ScorerName,
            (data, tuning) => tuning.Best(Grid.Ease.Select(p => EaseScorer.Fit(data, p, workers))),
            (data, chosen) => EaseScorer.Fit(data, chosen.Settings, workers));
        yield return Of(
            ImplicitAlsScorer.ScorerName,
            (data, tuning) => tuning.Best(Grid.ImplicitAls.Select(p => ImplicitAlsScorer.Fit(data, p, seed, workers))),
            (data, chosen) => ImplicitAlsScorer.Fit(data, chosen.Settings, seed, workers));
        yield return Of(
            SequenceScorer.ScorerName,
            (data, tuning) => tuning.Best(Grid.Counting.Select(p => SequenceScorer.Fit(data, p, workers))
                .SelectMany(counted => Vary(counted, Grid.Reading(counted.Settings), (scorer, p) => scorer.With(p)))),
            (data, chosen) => SequenceScorer.Fit(data, chosen.Settings, workers));
    }

    private static IEnumerable<T> Vary<T, TParameters>(T first, IEnumerable<TParameters> parameters, Func<T, TParameters, T> with) =>
        parameters.Select(p => with(first, p));

    private static ScorerRecipe Of<T>(string name, Func<TrainingData, Tuning, (T Scorer, double Ndcg)> choose, Func<TrainingData, T, T> refit)
        where T : IScorer =>
        new(name, (data, tuning) => choose(data, tuning), (data, chosen) => refit(data, (T)chosen));
}
