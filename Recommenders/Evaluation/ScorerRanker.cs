using System.Collections.Immutable;
using AgentRec.Recommenders.Ranking;
using AgentRec.Recommenders.Training;

namespace AgentRec.Recommenders.Evaluation;

/// <summary>Ranks by the scores of one scorer, ties by a seeded hash of the item's id.</summary>
public sealed class ScorerRanker : IRanker
{
    private readonly ulong[] tieOrder;
    private readonly ScoreAll score;

    private ScorerRanker(Catalogue catalogue, ulong seed, TrainingStage stage, ScoreAll score)
    {
        (Name, Parameters, FitSeconds) = (stage.Name, stage.Parameters, stage.FitSeconds);
        this.score = score;
        tieOrder = [.. catalogue.Items.Select(item => StableHash.Of(seed, item.ItemId))];
    }

    private delegate void ScoreAll(UserHistory history, Span<float> scores);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ImmutableSortedDictionary<string, double> Parameters { get; }

    /// <inheritdoc/>
    public double FitSeconds { get; }

    /// <summary>
    /// Rankers of everything that a training produced: one for each scorer, one for the blend, and one for what is served,
    /// which is the blend again where no ranking model was kept.
    /// </summary>
    /// <param name="result">The training.</param>
    /// <param name="seed">The seed of the order of ties.</param>
    public static ImmutableArray<IRanker> All(TrainingResult result, ulong seed) =>
    [
        .. result.Stages
            .Concat(result.Model.Ranking is null ? [result.Stages[^1] with { Name = RankingModel.ModelName }] : [])
            .Select(stage => new ScorerRanker(result.Model.Catalogue, seed, stage, For(result.Model, stage.Name))),
    ];

    /// <inheritdoc/>
    public ImmutableArray<int> Rank(EvaluationUser user)
    {
        var scores = new float[tieOrder.Length];
        score(user.History, scores);
        var excluded = user.Excluded.ToHashSet();
        int[] ranked = [.. Enumerable.Range(0, scores.Length).Where(handle => !excluded.Contains(handle))];
        Array.Sort(ranked, (x, y) => scores[x] != scores[y] ? scores[y].CompareTo(scores[x]) : tieOrder[x].CompareTo(tieOrder[y]));
        return [.. ranked];
    }

    private static ScoreAll For(RecommenderModel model, string name) => model.Scorer(name) is { } scorer
        ? scorer.Score
        : string.Equals(name, ModelTrainer.BlendName, StringComparison.Ordinal)
            ? (history, scores) => model.ScoreByBlend(history).Raw.CopyTo(scores)
            : (history, scores) => model.Score(history).Raw.CopyTo(scores);
}
