using AgentRec.Recommenders.Blending;

namespace AgentRec.Tests.Unit.Recommenders;

public sealed class BestPartsTests
{
    private static readonly int[] Falling = [.. Enumerable.Range(0, 3_000)];
    private static readonly ScorePart[] Said = [new([.. Falling.Select(handle => (float)handle)], [.. Falling.Select(handle => -(float)handle)])];

    [Fact]
    public void Find_OfTheBest_HasWhatTheScorerSays()
    {
        var best = new BestParts(Falling, Said, known: [0], shown: []);

        Assert.Equal((512f, -512f), best.Find(0, 512));
        Assert.Null(best.Find(0, 513));
        Assert.Null(best.Find(0, 0));
    }

    [Fact]
    public void Find_WhereTheBestWereShown_HasAsManyOthersBesideThem()
    {
        var best = new BestParts(Falling, Said, known: [0], shown: [.. Enumerable.Range(1, 1_000)]);

        Assert.Equal((512f, -512f), best.Find(0, 512));
        Assert.Null(best.Find(0, 513));
        Assert.Equal((1_001f, -1_001f), best.Find(0, 1_001));
        Assert.Equal((1_512f, -1_512f), best.Find(0, 1_512));
        Assert.Null(best.Find(0, 1_513));
    }
}
