using AgentRec.Benchmarks.Ranking;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Import;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Ranking;
using AgentRec.Recommenders.Training;

namespace AgentRec.Benchmarks.Tools;

/// <summary>What a turn asks of a trained model: the blend of all scorers, the features of candidates, and their scores.</summary>
/// <param name="model">The model.</param>
/// <param name="users">Histories to score for.</param>
internal sealed class ScoringBenchmark(RecommenderModel model, IReadOnlyList<UserHistory> users)
{
    private const int Users = 200;
    private const int Window = 200;
    private const double BlendLimit = 1, RankingLimit = 2;
    private static readonly int[] Sizes = [1, 16, 64, 256, 1_024];
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    /// <summary>Trains the model of a data folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static ScoringBenchmark Train(string folder, CancellationToken cancellationToken)
    {
        var set = DataFolder.Open(folder).ReadAll(static _ => { });
        var catalogue = Catalogue.Create(set.Items);
        var data = TrainingData.Create(catalogue, set.Interactions);
        Console.Error.WriteLine($"{folder}: training on {data.Positives} positives.");
        var model = ModelTrainer.Train(catalogue, data, new TrainingOptions(), progress: null, cancellationToken).Model;
        return new ScoringBenchmark(model, [.. data.Users.OrderBy(user => Domain.StableHash.Of(0, (ulong)user.Items[0])).Take(Users)]);
    }

    /// <summary>Measures.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var figures = new List<Figure>
        {
            Figure.Against($"blend of all scorers and top {Window}, median of users, against the limit", Milliseconds(user => model.ScoreByBlend(user).Top(Window, 0)), "ms", BlendLimit),
        };
        if (model.Ranking is not { } ranking)
            return figures;
        var places = users.ToDictionary(user => user, Place.Of(model));
        figures.Add(new Figure($"features of {Window} candidates, median", Milliseconds(user => places[user].Open(ranking, user)), "ms"));
        figures.Add(new Figure($"scores of {Window} candidates ({ranking.Terms.Kind}), median", Milliseconds(places.ToDictionary(one => one.Key, one => one.Value.Open(ranking, one.Key)), static one => one.Score()), "ms"));
        figures.Add(Figure.Against($"ranking {Window} candidates with features, median, against the limit", Milliseconds(user => places[user].Open(ranking, user).Score()), "ms", RankingLimit));
        figures.AddRange(BySize(ranking, places[users[0]].Open(ranking, users[0])));
        var next = 0;
        figures.AddRange(await new RankerBenchmark(Duration).CompareAsync(
            $"{ranking.Terms.Kind}, features included", ranking.Graph.ToArray(), ranking.Terms.Features.Length,
            () =>
            {
                var user = users[(int)((uint)Interlocked.Increment(ref next) % (uint)users.Count)];
                return new RankingBatch("", Window, ranking.Terms.Features.Length, places[user].Open(ranking, user).Rows);
            },
            cancellationToken));
        return figures;
    }

    private static IEnumerable<Figure> BySize(RankingModel ranking, RankingCase rows)
    {
        foreach (var size in Sizes)
        {
            float[] batch = [.. Enumerable.Range(0, size).SelectMany(row => rows.Rows.Slice(row % rows.Count * rows.Features, rows.Features).ToArray())];
            var scores = new float[size];
            var taken = Enumerable.Range(0, Users).Select(_ => 1e6 * Stopwatches.Seconds(() => ranking.Score(batch, scores)) / size).ToArray();
            yield return new Figure($"score of a candidate ({ranking.Terms.Kind}) in a batch of {size}, median", Math.Round(Stopwatches.Median(taken), 3), "us");
        }
    }

    private double Milliseconds(Action<UserHistory> work) => Milliseconds(users.ToDictionary(user => user, user => user), work);

    private double Milliseconds<T>(Dictionary<UserHistory, T> cases, Action<T> work)
    {
        // The first rounds teach the compiler what is hot.
        const int rounds = 5;
        var taken = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            taken.Clear();
            taken.AddRange(users.Select(user => 1_000 * Stopwatches.Seconds(() => work(cases[user]))));
        }
        return Math.Round(Stopwatches.Median(taken), 3);
    }

    /// <summary>What is known of a user before the ranking model is asked.</summary>
    private sealed record Place(Borrowing Borrowing, float[] Raw, ScorePart[] Parts, RankingPool Pool)
    {
        public static Func<UserHistory, Place> Of(RecommenderModel model) => user =>
        {
            var (raw, parts) = model.First.ScoreInParts(user, model.Catalogue.Count);
            var pool = RankingPool.Of(UserScores.Falling(raw), user.Items, model.Catalogue);
            return new Place(model.First.Borrowing, raw, parts, new RankingPool(pool.Items[..Window], Window));
        };

        public RankingCase Open(RankingModel ranking, UserHistory user) => ranking.Open(Borrowing, user, Raw, Parts, Pool);
    }
}
