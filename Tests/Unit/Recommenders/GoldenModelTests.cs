using AgentRec.Recommenders;
using AgentRec.Recommenders.Artifacts;
using static AgentRec.Tests.Unit.Recommenders.SmallData;

namespace AgentRec.Tests.Unit.Recommenders;

/// <summary>A model written by the first build must be read by every later one. Never write these files again: add new ones beside them.</summary>
public sealed class GoldenModelTests
{
    [Fact]
    public void Load_OfAModelWrittenByAnEarlierBuild_ScoresAsItDid()
    {
        var model = ModelArtifact.Load(Path.Combine(Folder(), "model-1"), Films(8));

        var known = model.Score(History(1, 2));
        var newcomer = model.Score(UserHistory.Empty);

        Assert.Equal(GoldenScores("known.txt"), known.Raw.ToArray(), (expected, actual) => Math.Abs(expected - actual) < 1e-3);
        Assert.Equal(GoldenScores("new.txt"), newcomer.Raw.ToArray(), (expected, actual) => Math.Abs(expected - actual) < 1e-3);
    }

    private static float[] GoldenScores(string name) =>
        [.. File.ReadLines(Path.Combine(Folder(), "model-1-scores", name)).Select(line => float.Parse(line, System.Globalization.CultureInfo.InvariantCulture))];

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AgentRec.sln")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "Tests", "Golden");
    }
}
