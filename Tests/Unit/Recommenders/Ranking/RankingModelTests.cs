using AgentRec.Recommenders;
using AgentRec.Recommenders.Artifacts;
using AgentRec.Recommenders.Onnx;
using AgentRec.Recommenders.Ranking;
using static AgentRec.Tests.Unit.Recommenders.Ranking.RankedWorld;
using static AgentRec.Tests.Unit.Recommenders.SmallData;

namespace AgentRec.Tests.Unit.Recommenders.Ranking;

public sealed class RankingModelTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("agentrec-ranking-").FullName;

    private static RecommenderModel Model => Trained.Model;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Train_WhereTheNewMatters_RanksBetterThanTheBlend()
    {
        var stages = Trained.Stages.ToDictionary(stage => stage.Name, stage => stage.ValidationNdcg);

        Assert.NotNull(Model.Ranking);
        Assert.True(stages["ranker"] > 1.1 * stages["blend"], $"{stages["ranker"]:F3} against {stages["blend"]:F3}");
        Assert.NotEmpty(Trained.Reliability.Bins);
    }

    [Fact]
    public void Train_OnAnyNumberOfThreads_GivesTheSameModel() =>
        Assert.Equal(Save(Trained.Model), Save(Train(threads: 1).Model));

    [Fact]
    public void Score_OfAUser_OrdersByTheRanker()
    {
        var history = Seasons(1, 99).Users[0];
        var prepared = Model.Prepare(history, []);
        var scores = prepared.Case!.Score();

        var ranked = prepared.Ranked(scores);

        Assert.Equal(Model.Score(history).Raw.ToArray(), ranked.Raw.ToArray());
        Assert.Equal(Items - history.Count, prepared.Case.Count);
        var order = ranked.Top(Items, 0, history.Items.Contains);
        Assert.Equal(scores.OrderDescending().Select(score => Array.IndexOf(scores, score)).First(), Place(order[0].Handle, prepared, history));
        Assert.Equal(order.OrderByDescending(item => item.Relevance).Select(item => item.Handle), order.Select(item => item.Handle));
        Assert.All(order, item => Assert.InRange(item.Relevance, double.Epsilon, 1 - 1e-9));
        Assert.All(order.Zip(order.Skip(1)), pair => Assert.Equal(pair.First.Raw > pair.Second.Raw, pair.First.Relevance > pair.Second.Relevance));
    }

    [Fact]
    public void Nominated_WithNewItems_KeepsPlacesForThemBehindTheFirstTen()
    {
        var history = Seasons(1, 96).Users[0];
        var late = Enumerable.Range(0, 20).Select(i => Film($"late{i}", $"Late film {i}", 1950 + i, "Comedy"));
        var grown = Model.WithCatalogue(Model.Catalogue.Extend(late));
        var scores = grown.Score(history);

        int[] order = [.. scores.Nominated(history).Where(item => !history.Items.Contains(item))];

        int[] relevant = [.. scores.Falling().Where(item => !history.Items.Contains(item))];
        Assert.Equal(relevant[..10], order[..10]);
        Assert.All(Enumerable.Range(0, 13), kept => Assert.Equal(0, grown.Catalogue.PositiveCounts[order[10 + (3 * kept)]]));
        Assert.Equal(Enumerable.Range(0, grown.Catalogue.Count), scores.Nominated(history).Order());
    }

    [Fact]
    public void Nominated_WithoutNewItems_IsByRelevance()
    {
        var history = Seasons(1, 96).Users[0];
        var scores = Model.Score(history);
        Assert.DoesNotContain(0, Model.Catalogue.PositiveCounts);

        Assert.Equal(scores.Falling(), scores.Nominated(history));
    }

    [Fact]
    public void Ranked_WithScoresOfOtherRows_IsRefused()
    {
        var prepared = Model.Prepare(Seasons(1, 99).Users[0], []);

        Assert.Throws<ArgumentException>(() => prepared.Ranked([1, 2, 3]));
        Assert.Throws<InvalidOperationException>(() => Model.Prepare(UserHistory.Empty, []).Ranked([]));
    }

    [Fact]
    public void Score_OfANewUser_IsTheBlends() =>
        Assert.Equal(Model.ScoreByBlend(UserHistory.Empty).Raw.ToArray(), Model.Score(UserHistory.Empty).Raw.ToArray());

    [Fact]
    public void WithCatalogue_ThatHasGrown_RanksNewItemsToo()
    {
        var history = Seasons(1, 98).Users[0];
        var grown = Model.WithCatalogue(Model.Catalogue.Extend([Film("late", "Late film", 1955, "Comedy")]));

        var scores = grown.Score(history);

        Assert.Equal(Items + 1, scores.Count);
        Assert.InRange(scores.Relevance(Items), double.Epsilon, 1 - 1e-9);
        Assert.Equal(Items + 1 - history.Count, grown.Prepare(history, []).Case!.Count);
    }

    [Fact]
    public void Load_OfASavedModel_RanksAlike()
    {
        var loaded = ModelArtifact.Load(Path.Combine(folder, Save(Model)), Model.Catalogue);
        var history = Seasons(1, 97).Users[0];

        Assert.Equal(Model.Score(history).Raw.ToArray(), loaded.Score(history).Raw.ToArray());
        Assert.Equal([.. Model.Ranking!.Terms.Features], loaded.Ranking!.Terms.Features.ToArray());
        Assert.Equal(Save(Model), Save(loaded));
    }

    [Fact]
    public void Load_OfADamagedGraph_NamesIt()
    {
        var saved = Path.Combine(folder, Save(Model));
        var path = Path.Combine(saved, ModelArtifact.GraphName);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Contains(ModelArtifact.GraphName, Assert.Throws<ArtifactException>(() => ModelArtifact.Load(saved, Model.Catalogue)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_OfALearnedNetwork_AgreesWithTheTrainersOwnScores()
    {
        var (examples, features, rows) = TenThousandRows();
        var network = ListwiseNetwork.Train(examples, features, 3, OneWorker);
        var own = new float[10_000];
        network.Score(rows, own);

        AssertClose(own, Run(OnnxExport.Write(network), rows));
    }

    [LightGbmFact]
    public void Export_OfLearnedTrees_AgreesWithTheTrainersOwnScores()
    {
        var (examples, features, rows) = TenThousandRows();
        var trees = LambdaMart.Train(examples, features, 3);

        Assert.NotNull(trees);
        AssertClose(trees.Predict(rows), Run(OnnxExport.Write(trees.Ensemble), rows));
    }

    private static (List<RankingExample> Examples, int Features, float[] Rows) TenThousandRows()
    {
        var examples = Examples(Seasons(260, 5));
        var features = examples[0].Rows.Length / examples[0].Count;
        float[] rows = [.. examples.SelectMany(example => example.Rows).Take(10_000 * features)];
        Assert.Equal(10_000 * features, rows.Length);
        return (examples, features, rows);
    }

    private static void AssertClose(float[] expected, float[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-5 * Math.Max(1, Math.Abs(pair.First)), $"{pair.First} is not {pair.Second}"));

    private static float[] Run(byte[] graph, float[] rows)
    {
        using var session = OnnxSession.Load(graph);
        var scores = new float[rows.Length / session.Features];
        session.Score(rows, scores);
        return scores;
    }

    // The place of an item among the rows of a case: the pool is in the blend's order.
    private static int Place(int handle, UserScores prepared, UserHistory history) =>
        prepared.Falling().Where(item => !history.Items.Contains(item)).ToList().IndexOf(handle);

    private string Save(RecommenderModel model) => ModelArtifact.Save(model, folder).Version;
}
