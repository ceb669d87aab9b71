using AgentRec.Recommenders.Evaluation;
using AgentRec.Recommenders.Scorers;
using AgentRec.Recommenders.Training;
using AgentRec.Recommenders.Vectors;

namespace AgentRec.Tests.Unit.Recommenders;

/// <summary>The figures that the models must reach on the given splits.</summary>
public sealed class MovieLensTests
{
    [SharedDataFact]
    public void SequenceAndEase_OnLeaveLastOut_ReachTheReference()
    {
        var split = MovieLens.Split(EvaluationSplit.LeaveLastOut);
        var workers = new ParallelOptions();
        var sequence = SequenceScorer.Fit(split.Data, new SequenceParameters(20, 0.9, 0.5, 20, 0.6, 0, 0.3), workers);
        var ease = EaseScorer.Fit(split.Data, new EaseParameters(300), workers);

        Assert.Equal(603, split.Test.Length);
        Assert.Equal(6298, split.Catalogue.Count);
        Assert.Equal(0.0648, Ndcg(split, sequence), 0.001);
        Assert.Equal(0.0339, Ndcg(split, ease), 0.001);
    }

    [SharedDataFact]
    public void EmbedText_OfEveryHundredthTitle_FindsItsFilmFirst()
    {
        var films = MovieLens.Films();
        var space = ContentSpace.Fit(films, new ContentSpaceParameters(), 0);
        var index = space.Index(films);
        var missed = Enumerable.Range(0, films.Count / 100).Select(i => films.Item(i * 100).Title)
            .Where(title => films.Item(index.Search(space.EmbedText(title), 1)[0].Handle).Title != title);

        Assert.Empty(missed);
    }

    [SharedDataFact]
    [Trait("Category", "Long")]
    public void Models_OnLeaveLastOut_ReachTheirFigures() =>
        Reach(EvaluationSplit.LeaveLastOut, ("ease", 0.033), ("ials", 0.035), ("sequence", 0.060), ("blend", 0.062), ("ranker", 0.068));

    [SharedDataFact]
    [Trait("Category", "Long")]
    public void Models_OnUserTemporal_ReachTheirFigures() =>
        Reach(EvaluationSplit.UserTemporal, ("ease", 0.096), ("ials", 0.090), ("sequence", 0.100), ("blend", 0.110), ("ranker", 0.117));

    private static void Reach(string protocol, params (string Model, double Ndcg)[] figures)
    {
        var split = MovieLens.Split(protocol);
        var trained = ModelTrainer.Train(split.Catalogue, split.HoldOut, split.Data, new TrainingOptions());
        var report = new Evaluator(0).Run("ml-latest-small", split, ScorerRanker.All(trained, 0));
        Assert.All(figures, figure =>
        {
            var reached = report.Models.Single(model => model.Name == figure.Model).Metrics[MetricNames.Ndcg].Mean;
            Assert.True(reached >= figure.Ndcg, $"{figure.Model} reaches {reached:F4} on {protocol}, not {figure.Ndcg:F4}");
        });
    }

    private static double Ndcg(EvaluationSplit split, IScorer scorer) =>
        new Tuning([.. split.Test.Select(user => new AgentRec.Recommenders.Blending.HeldOutUser(user.History, user.Targets, user.Excluded))], new ParallelOptions()).Ndcg(scorer);
}
