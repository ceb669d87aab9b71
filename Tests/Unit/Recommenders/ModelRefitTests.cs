using AgentRec.Recommenders;
using AgentRec.Recommenders.Artifacts;
using AgentRec.Recommenders.Training;

namespace AgentRec.Tests.Unit.Recommenders;

/// <summary>A model that is fitted again, as it is when a user is erased.</summary>
public sealed class ModelRefitTests
{
    private const int Items = 30;

    [Fact]
    public void Fit_ToNothing_AsWhenTheLastUserIsErased_ServesNewUsers()
    {
        var model = ModelTrainer.Train(SmallData.Films(Items), SmallData.Walks(Items, users: 60, length: 12, seed: 1), new TrainingOptions { Threads = 1 }).Model;

        var refitted = ModelRefit.Fit(model, new TrainingData(Items, []), new TrainingOptions { Threads = 1 });

        Assert.Equal(0, refitted.Info.Users);
        foreach (var history in new[] { UserHistory.Empty, SmallData.History(3, 4) })
            Assert.All(refitted.Score(history).Raw.ToArray(), score => Assert.True(float.IsFinite(score)));
        using var folder = new TempFolder();
        var version = ModelArtifact.Save(refitted, folder.Path).Version;
        Assert.Equal(0, ModelArtifact.Load(Path.Combine(folder.Path, version), SmallData.Films(Items)).Info.Positives);
    }
}
