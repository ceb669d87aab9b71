using AgentRec.Domain;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Artifacts;
using AgentRec.Recommenders.Training;
using static AgentRec.Tests.Unit.Recommenders.SmallData;

namespace AgentRec.Tests.Unit.Recommenders;

public sealed class ModelTests : IDisposable
{
    private static readonly Lazy<TrainingResult> Trained = new(() => ModelTrainer.Train(Films(30), Walks(30, 40, 14, 4), new TrainingOptions { Threads = 1 }));
    private readonly string folder = Directory.CreateTempSubdirectory("agentrec-model-").FullName;

    private static RecommenderModel Model => Trained.Value.Model;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Train_OnWalks_FindsTheirOrder()
    {
        var stages = Trained.Value.Stages;

        Assert.Equal(["content", "popularity", "trending", "itemknn", "ease", "ials", "sequence", "blend"], stages.Select(stage => stage.Name));
        Assert.True(stages.Single(stage => stage.Name == "sequence").ValidationNdcg > 2 * stages.Single(stage => stage.Name == "popularity").ValidationNdcg);
        Assert.NotEmpty(Trained.Value.Reliability.Bins);
    }

    [Fact]
    public void Train_WithProgress_EndsAtOne()
    {
        var heard = new List<TrainingProgress>();
        ModelTrainer.Train(Films(5), Data(5, [0, 1]), new TrainingOptions { Threads = 1 }, new Ear(heard));

        Assert.Equal(9, heard.Count);
        Assert.Equal(1, heard[^1].Fraction);
        Assert.Contains("ranker", heard[^1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Train_OnAlmostNothing_StillRanks(int items)
    {
        var data = items == 0 ? Data(0) : Data(items, [0]);
        var model = ModelTrainer.Train(Films(items), data, new TrainingOptions { Threads = 1 }).Model;

        foreach (var history in (UserHistory[])[UserHistory.Empty, items == 0 ? UserHistory.Empty : History(0)])
        {
            var top = model.Score(history).Top(10, 0);
            Assert.Equal(items, top.Length);
            Assert.All(top, item => Assert.InRange(item.Relevance, double.Epsilon, 1 - 1e-9));
        }
    }

    [Fact]
    public void Score_OfANewUser_RanksByPopularity()
    {
        var data = new TrainingData(30, Enumerable.Range(0, 60).Select(user => History([user % 3, 10 + (user % 7), 17 + (user % 5), 0, 29 - (user % 4)])));
        var model = ModelTrainer.Train(Films(30), data, new TrainingOptions { Threads = 1 }).Model;

        Assert.Equal(data.PositiveCounts.Max(), data.PositiveCounts[model.Score(UserHistory.Empty).Top(1, 0)[0].Handle]);
    }

    [Fact]
    public void Top_WithExclusions_IsInCanonicalOrder()
    {
        var scores = Model.Score(History(3, 4, 5));

        var top = scores.Top(12, seed: 9, handle => handle is 3 or 4 or 5);

        var candidates = Enumerable.Range(0, scores.Count).Where(handle => handle is not (3 or 4 or 5))
            .Select(handle => new Candidate(handle, Model.Catalogue.Item(handle).ItemId, scores.Raw[handle], scores.Relevance(handle), 0));
        Assert.Equal(candidates.Order(new CandidateOrder(9)).Take(12).Select(candidate => candidate.Handle), top.Select(item => item.Handle));
    }

    [Fact]
    public void Contributions_OfARecommendation_NameTheHistory()
    {
        var history = History(20, 3, 4, 5);
        var best = Model.Score(history).Top(1, 0, history.Items.Contains)[0].Handle;

        var contributions = Model.Contributions(history, best);

        Assert.NotEmpty(contributions);
        Assert.All(contributions, contribution => Assert.Contains(contribution.Handle, history.Items));
        Assert.Equal(contributions.OrderByDescending(contribution => contribution.Weight).ToArray(), contributions.ToArray());
        Assert.Equal(contributions.ToArray(), Model.Contributions(history, [7, best])[1].ToArray());
        Assert.Empty(Model.Contributions(UserHistory.Empty, best));
    }

    [Fact]
    public void WithCatalogue_ThatHasGrown_KeepsScoresAndAddsItems()
    {
        var history = History(3, 4, 5);
        var grown = Model.WithCatalogue(Model.Catalogue.Extend([Film("late", "Late film", 1955, "Comedy")]));

        var (before, after) = (Model.Score(history), grown.Score(history));

        Assert.Equal(before.Raw.ToArray(), after.Raw[..30].ToArray());
        Assert.Equal(31, after.Count);
        Assert.InRange(after.Relevance(30), double.Epsilon, 1);
        Assert.Contains(grown.Index.Search(grown.EmbedText("late film"), 1), hit => hit.Handle == 30);
    }

    [Fact]
    public void WithCatalogue_OfOtherItems_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Model.WithCatalogue(Catalogue.Create([Film("x", "X")])));

    [Fact]
    public void Load_OfASavedModel_ScoresAlike()
    {
        var manifest = ModelArtifact.Save(Model, folder);
        var loaded = ModelArtifact.Load(Path.Combine(folder, manifest.Version), Model.Catalogue);

        foreach (var history in (UserHistory[])[UserHistory.Empty, History(3, 4, 5)])
        {
            var (expected, actual) = (Model.Score(history), loaded.Score(history));
            Assert.Equal(expected.Raw.ToArray(), actual.Raw.ToArray());
            Assert.Equal(expected.Relevance(7), actual.Relevance(7));
        }
        Assert.Equal(manifest.Version, ModelArtifact.Save(loaded, folder).Version);
        Assert.Single(Directory.GetDirectories(folder));
    }

    [Theory]
    [InlineData("ease.bin")]
    [InlineData("space.bin")]
    [InlineData("manifest.json")]
    public void Load_OfADamagedFile_NamesIt(string name)
    {
        var saved = Path.Combine(folder, ModelArtifact.Save(Model, folder).Version);
        var path = Path.Combine(saved, name);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Contains(name, Assert.Throws<ArtifactException>(() => ModelArtifact.Load(saved, Model.Catalogue)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OverAnotherCatalogue_IsRefused()
    {
        var saved = Path.Combine(folder, ModelArtifact.Save(Model, folder).Version);

        Assert.Throws<ArtifactException>(() => ModelArtifact.Load(saved, Films(10)));
        Assert.Throws<ArtifactException>(() => ModelArtifact.Load(saved, Catalogue.Create(Films(30).Items.Reverse())));
        Assert.Throws<ArtifactException>(() => ModelArtifact.Load(folder, Model.Catalogue));
    }

    private sealed class Ear(List<TrainingProgress> heard) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => heard.Add(value);
    }
}
