using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Training;

namespace AgentRec.Tests.Unit.Recommenders;

public sealed class BestPartsTests
{
    [Fact]
    public void Find_OfTheBest_HasWhatTheScorersSay()
    {
        ScorePart[] said = [new([0, 1, 2, 3], [0, 10, 20, 30]), new([5, 6, 7, 8], [50, 60, 70, 80])];

        var best = new BestParts([3, 1, 3], said);

        Assert.Equal((1f, 10f), best.Find(0, 1));
        Assert.Equal((8f, 80f), best.Find(1, 3));
        Assert.Null(best.Find(0, 2));
    }

    [Fact]
    public void Prepare_WhereTheBestWereShown_KeepsWhatExplainsOthersAsWell()
    {
        var films = SmallData.Films(1_000);
        var model = ModelTrainer.Train(films, SmallData.Walks(films.Count, users: 20, length: 8, seed: 3), new TrainingOptions { Threads = 1, Scorers = ["popularity"], Ranking = false }).Model;
        var history = SmallData.History(0);
        var falling = model.Prepare(history, []).Falling();

        var anew = model.Prepare(history, []).Parts!;
        var tired = model.Prepare(history, [.. falling[..450]]).Parts!;

        Assert.NotNull(anew.Find(0, falling[10]));
        Assert.Null(anew.Find(0, falling[750]));
        Assert.NotNull(tired.Find(0, falling[10]));
        Assert.NotNull(tired.Find(0, falling[750]));
        Assert.Null(tired.Find(0, falling[999]));
    }
}
