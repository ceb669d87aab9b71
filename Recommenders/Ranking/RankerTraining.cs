using System.Collections.Immutable;
using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Onnx;
using AgentRec.Recommenders.Scorers;
using AgentRec.Recommenders.Training;

namespace AgentRec.Recommenders.Ranking;

/// <summary>
/// Learns a ranking model: a network and trees, from the past of every user, and keeps what ranks better what came next on a
/// held-out tail that neither has seen; neither, where the blend ranks no worse.
/// </summary>
/// <param name="examples">Makes examples.</param>
/// <param name="scorers">Scorers that have not seen the tail.</param>
/// <param name="blend">The blend of them.</param>
/// <param name="catalogue">The catalogue.</param>
/// <param name="borrowing">What items borrow, given the positives by item.</param>
/// <param name="workers">How many threads, and when to stop.</param>
internal sealed class RankerTraining(
    RankingExamples examples, ImmutableArray<IScorer> scorers, Blend blend, Catalogue catalogue, Func<ImmutableArray<int>, Borrowing> borrowing,
    ParallelOptions workers)
{
    /// <summary>The kinds of model.</summary>
    public const string Network = "network", Trees = "trees";

    // With fewer, chance decides which model ranks better.
    private const int LeastUsers = 100;
    private const int MostUsers = 5_000;
    private const int Depth = 10;

    /// <summary>Learns.</summary>
    /// <param name="holdOut">What may be learned from, and the tail.</param>
    /// <param name="toBeat">The blend's NDCG@10 on the tail.</param>
    /// <param name="seed">The seed of everything random.</param>
    /// <returns>The better model, and what each reached; no model where there are too few users or none is better than the blend.</returns>
    public RankerLearned Learn(HoldOut holdOut, double toBeat, ulong seed)
    {
        var past = holdOut.Users.Count < LeastUsers ? [] : examples.Make(holdOut.Train);
        if (past.Count < LeastUsers)
            return RankerLearned.Nothing;
        var evidence = RankingEvidence.Fit(catalogue.WithPositives(holdOut.Train.PositiveCounts), scorers, holdOut.Train, workers);
        var features = evidence.Features;
        var trees = Task.Run(() => LambdaMart.Train(past, features.Length, seed), workers.CancellationToken);
        var network = ListwiseNetwork.Train(past, features.Length, seed, workers);
        var users = Held(holdOut.Users, evidence);

        var candidates = ImmutableArray.CreateBuilder<(string Kind, byte[] Graph)>();
        candidates.Add((Network, OnnxExport.Write(network)));
        if (trees.GetAwaiter().GetResult() is { } learned)
            candidates.Add((Trees, OnnxExport.Write(learned.Ensemble)));
        var results = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        var best = default((string Kind, byte[] Graph, float[][] Scores)?);
        foreach (var (kind, graph) in candidates)
        {
            var scores = Scores(graph, users);
            var ndcg = users.Select((user, i) => user.Ndcg(scores[i])).Average();
            if (best is null || ndcg > results[best.Value.Kind])
                best = (kind, graph, scores);
            results.Add(kind, ndcg);
        }
        var chosen = best!.Value;
        if (results[chosen.Kind] <= toBeat)
            return new RankerLearned(null, results.ToImmutable(), null);
        var temperature = Temperature(users, chosen.Scores);
        CalibrationExample[] windows = [.. users.Select((user, i) => new CalibrationExample(RankingCase.Chances(chosen.Scores[i], user.Best, temperature)[..user.Best], user.Taken[..user.Best]))];
        var calibration = CalibrationLearner.Learn(windows, reach: 1);
        return new RankerLearned(
            new RankingModel(chosen.Graph, new RankingTerms(chosen.Kind, features, temperature, calibration), evidence),
            results.ToImmutable(), CalibrationLearner.Check(windows, calibration));
    }

    private HeldCase[] Held(IReadOnlyList<HeldOutUser> users, RankingEvidence evidence)
    {
        var sample = Enumerable.Range(0, users.Count).Where(user => users[user].History.Count > 0)
            .OrderBy(user => StableHash.Of(0, (ulong)user)).Take(MostUsers).Order().ToArray();
        var held = new HeldCase[sample.Length];
        var first = new FirstStage(scorers, blend, borrowing(evidence.Catalogue.PositiveCounts), catalogue.Count);
        Parallel.For(0, sample.Length, workers, i =>
        {
            var user = users[sample[i]];
            var (raw, parts) = first.ScoreInParts(user.History, catalogue.Count);
            var pool = RankingPool.Of(UserScores.Falling(raw), user.Excluded, evidence.Catalogue);
            using var of = new UserEvidence(evidence, first.Borrowing, user.History);
            var rows = of.Rows(pool.Items, raw, parts);
            held[i] = new HeldCase(rows, [.. pool.Items.Select(item => user.Targets.Contains(item))], pool.Best, user.Targets.Length);
        });
        return held;
    }

    private float[][] Scores(byte[] graph, HeldCase[] users)
    {
        using var session = OnnxSession.Load(graph);
        var scores = new float[users.Length][];
        Parallel.For(0, users.Length, workers, i =>
        {
            scores[i] = new float[users[i].Taken.Length];
            session.Score(users[i].Rows, scores[i]);
        });
        return scores;
    }

    // Newton's method on the listwise loss, which is convex in the temperature.
    private static double Temperature(HeldCase[] users, float[][] scores)
    {
        const double least = 0.05, most = 20;
        var temperature = 1.0;
        for (var step = 0; step < 50; step++)
        {
            var (slope, curvature) = (0.0, 1e-6);
            for (var i = 0; i < users.Length; i++)
            {
                var (taken, best) = (users[i].Taken, users[i].Best);
                var targets = Enumerable.Range(0, best).Where(c => taken[c]).ToArray();
                if (targets.Length == 0)
                    continue;
                var chances = RankingCase.Chances(scores[i], best, temperature);
                var (mean, square) = (0.0, 0.0);
                for (var c = 0; c < best; c++)
                {
                    var chance = Math.Exp(chances[c]);
                    (mean, square) = (mean + (chance * scores[i][c]), square + (chance * scores[i][c] * scores[i][c]));
                }
                slope += mean - targets.Average(c => scores[i][c]);
                curvature += Math.Max(0, square - (mean * mean));
            }
            var next = Math.Clamp(temperature - (slope / curvature), Math.Max(least, temperature / 2), Math.Min(most, temperature * 2));
            if (Math.Abs(next - temperature) < 1e-6)
                break;
            temperature = next;
        }
        return temperature;
    }

    /// <summary>One held-out user's candidates.</summary>
    private sealed record HeldCase(float[] Rows, bool[] Taken, int Best, int Targets)
    {
        public double Ndcg(float[] scores)
        {
            var order = Enumerable.Range(0, scores.Length).OrderByDescending(c => scores[c]).Take(Depth).ToArray();
            var gain = Enumerable.Range(0, order.Length).Sum(place => Taken[order[place]] ? 1 / Math.Log2(place + 2) : 0);
            return gain / Enumerable.Range(0, Math.Min(Depth, Targets)).Sum(place => 1 / Math.Log2(place + 2));
        }
    }
}

/// <summary>What came of learning a ranking model.</summary>
/// <param name="Model">The model over the data without its tail; null where none is kept.</param>
/// <param name="Ndcg">NDCG@10 on the tail, by kind.</param>
/// <param name="Reliability">How the model's calibration does on the tail; null without a model.</param>
internal sealed record RankerLearned(RankingModel? Model, ImmutableSortedDictionary<string, double> Ndcg, Reliability? Reliability)
{
    /// <summary>Nothing was learned.</summary>
    public static RankerLearned Nothing { get; } = new(null, ImmutableSortedDictionary<string, double>.Empty, null);
}
