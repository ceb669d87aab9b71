using AgentRec.Recommenders;
using AgentRec.Recommenders.Ranking;
using AgentRec.Recommenders.Scorers;
using static AgentRec.Tests.Unit.Recommenders.Ranking.RankedWorld;
using static AgentRec.Tests.Unit.Recommenders.SmallData;

namespace AgentRec.Tests.Unit.Recommenders.Ranking;

/// <summary>Nothing of a user's future may be in an example of that user's past.</summary>
public sealed class RankingExamplesTests
{
    private const int Secrets = 20;

    [Fact]
    public void Make_WithAPlantedFuture_TeachesNothingOfIt()
    {
        // Whoever begins with item k ends with item k + 20, and nobody else ever takes to either: only a fit that has seen the
        // user's own end can tell. What lies between says nothing.
        var random = new Random(3);
        var users = Enumerable.Range(0, Secrets).Select(k => History([k, .. Noise(6), Secrets + k]));
        var data = new TrainingData(Items, users.Concat(Enumerable.Range(0, 120).Select(_ => History([.. Noise(8)]))));
        var seeing = EaseScorer.Fit(data, new EaseParameters(1), OneWorker);
        Assert.All(data.Users.Take(Secrets), user => Assert.Equal(user.Items[^1], Best(seeing, user.Before(user.Count - 1))));

        RankingExample[] ends = [.. Examples(data).Where(example => example.User < Secrets && example.Place == data.Users[example.User].Count - 1)];
        var features = ends[0].Rows.Length / ends[0].Count;
        var network = ListwiseNetwork.Train(ends, features, 5, OneWorker);

        Assert.Equal(Secrets, ends.Length);
        // Of a fold's own items it shows that others never took to them: one in seven, not one in one.
        Assert.InRange(ends.Count(example => IsFoundFirst(network, example)), 0, Secrets / 2);

        int[] Noise(int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * Secrets) + random.Next(Items - (2 * Secrets)))];
    }

    [Fact]
    public void Make_OfAChangedFuture_ShowsTheSamePast()
    {
        const int user = 11, kept = 8, horizon = 3, folds = 5;
        var data = Seasons(60, 9);
        var end = Enumerable.Range(0, Items).Except(data.Users[user].Items).Take(data.Users[user].Count - kept);
        var other = UserHistory.Create(data.Users[user].Items.Take(kept).Concat(end).Zip(data.Users[user].Times));
        var changed = new TrainingData(Items, data.Users.Select((one, place) => place == user ? other : one));

        var (before, after) = (Untouched(data), Untouched(changed));

        Assert.Contains(before, example => example.User == user);
        Assert.Equal(before.Select(example => (example.User, example.Place)), after.Select(example => (example.User, example.Place)));
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First.Rows, pair.Second.Rows));
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First.Taken, pair.Second.Taken));

        // Users of other folds may learn from all of this user's history; those of the same fold from none of it.
        List<RankingExample> Untouched(TrainingData histories) =>
            [.. Examples(histories).Where(example => example.User % folds == user % folds && (example.User != user || example.Place <= kept - horizon))];
    }

    [Fact]
    public void Make_OfUsersWithOneItem_IsEmpty() => Assert.Empty(Examples(Data(Items, [1], [2], [3], [4], [5], [6])));

    private static bool IsFoundFirst(AgentRec.Recommenders.Onnx.DenseNetwork network, RankingExample example)
    {
        var scores = new float[example.Count];
        network.Score(example.Rows, scores);
        return example.Taken[Array.IndexOf(scores, scores.Max())];
    }

    private static int Best(EaseScorer scorer, UserHistory history)
    {
        var scores = Scores(scorer, history);
        foreach (var item in history.Items)
            scores[item] = float.NegativeInfinity;
        return Array.IndexOf(scores, scores.Max());
    }
}
