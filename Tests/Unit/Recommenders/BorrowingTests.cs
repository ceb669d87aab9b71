using System.Collections.Immutable;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Vectors;
using static AgentRec.Tests.Unit.Recommenders.SmallData;

namespace AgentRec.Tests.Unit.Recommenders;

public sealed class BorrowingTests
{
    private const int Items = 40;

    // Two kinds of items, at right angles: even ones and odd ones.
    private static readonly VectorIndex Index = new([.. Enumerable.Range(0, Items).SelectMany(item => item % 2 == 0 ? new[] { 1f, 0f } : [0f, 1f])], 2);

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(3, 0.5)]
    [InlineData(27, 0.1)]
    public void Of_AnItemOfFewPositives_BorrowsLessTheMoreItHas(int positives, double share)
    {
        var borrowing = Borrowing.Of(Counts((4, positives)), Index, 2, OneWorker);

        Assert.Equal(share * 10, borrowing.Of(4, Scores(even: 10, odd: 90, own: 4)), 1e-4);
    }

    [Fact]
    public void Of_AnItemOfManyPositives_IsItsOwn() =>
        Assert.Equal(0, Borrowing.Of(Counts((4, 57)), Index, 2, OneWorker).Of(4, Scores(even: 10, odd: 90, own: 4)));

    [Fact]
    public void Apply_ToBorrowersWhoLend_LendsWhatIsTheirOwn()
    {
        // Every item borrows and lends: whoever is asked first must make no difference.
        var borrowing = Borrowing.Of([.. Enumerable.Repeat(5, Items)], Index, 2, OneWorker);
        float[] scores = [.. Enumerable.Range(0, Items).Select(item => (float)item)];
        float[] expected = [.. Enumerable.Range(0, Items).Select(item => borrowing.Of(item, scores))];

        borrowing.Apply(scores);

        Assert.Equal(expected, scores);
        Assert.NotEqual(3f, expected[3]);
    }

    [Fact]
    public void Of_WithHardlyAnybodyToBorrowFrom_IsItsOwn()
    {
        var borrowing = Borrowing.Of([.. Enumerable.Range(0, Items).Select(item => item < 8 ? 9 : 0)], Index, 2, OneWorker);

        Assert.Equal(7, borrowing.Of(20, [.. Enumerable.Repeat(7f, Items)]));
        Assert.Equal(0, borrowing.Of(20, Scores(even: 10, odd: 90, own: 20)));
    }

    [Fact]
    public void Of_AnItemLikeNoOther_IsItsOwn()
    {
        float[] rows = [.. Enumerable.Range(0, Items).SelectMany(item => item == 4 ? new[] { 0f, 0f } : [1f, 0f])];

        Assert.Equal(3, Borrowing.Of(Counts((4, 0)), new VectorIndex(rows, 2), 2, OneWorker).Of(4, [.. Enumerable.Repeat(3f, Items)]));
    }

    [Fact]
    public void Score_OfANewItem_FollowsItsLikes()
    {
        // Comedies are taken to together and dramas are; two new items of one kind each, and a user of comedies.
        var random = new Random(8);
        var data = new TrainingData(Items, Enumerable.Range(0, 60).Select(user =>
            History([.. Enumerable.Range(0, 14).OrderBy(_ => random.Next()).Take(6).Select(item => (item * 2) + (user % 2)).Where(item => item is not (4 or 5))])));
        var model = AgentRec.Recommenders.Training.ModelTrainer.Train(Films(Items), data, new AgentRec.Recommenders.Training.TrainingOptions { Threads = 1 }).Model;

        var (comedies, dramas) = (model.Score(History(1, 3, 7)), model.Score(History(0, 2, 6)));

        Assert.Equal(0, model.Catalogue.PositiveCounts[4] + model.Catalogue.PositiveCounts[5]);
        Assert.True(comedies.Raw[5] > comedies.Raw[4], $"{comedies.Raw[5]} against {comedies.Raw[4]}");
        Assert.True(dramas.Raw[4] > dramas.Raw[5], $"{dramas.Raw[4]} against {dramas.Raw[5]}");
    }

    private static ImmutableArray<int> Counts((int Item, int Positives) one) => [.. Enumerable.Range(0, Items).Select(item => item == one.Item ? one.Positives : 60)];

    private static float[] Scores(float even, float odd, int own) => [.. Enumerable.Range(0, Items).Select(item => item == own ? 0 : item % 2 == 0 ? even : odd)];
}
