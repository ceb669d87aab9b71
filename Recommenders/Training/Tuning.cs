using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Scorers;

namespace AgentRec.Recommenders.Training;

/// <summary>Chooses among fitted scorers by NDCG@10 on held-out users; of equals the first counts.</summary>
/// <param name="users">The held-out users.</param>
/// <param name="workers">How many threads, and when to stop.</param>
internal sealed class Tuning(IReadOnlyList<HeldOutUser> users, ParallelOptions workers)
{
    private const int Depth = 10;

    /// <summary>The best of several.</summary>
    /// <param name="scorers">At least one scorer, fitted as they are asked for.</param>
    public (T Scorer, double Ndcg) Best<T>(IEnumerable<T> scorers)
        where T : IScorer
    {
        var best = default((T Scorer, double Ndcg)?);
        foreach (var scorer in scorers)
        {
            var ndcg = Ndcg(scorer);
            if (best is null || ndcg > best.Value.Ndcg)
                best = (scorer, ndcg);
        }
        return best!.Value;
    }

    /// <summary>Mean NDCG@10 over the held-out users.</summary>
    /// <param name="scorer">The scorer.</param>
    public double Ndcg(IScorer scorer)
    {
        var parts = new double[users.Count];
        Parallel.For(0, users.Count, workers, () => new float[scorer.ItemCount], (i, _, scores) =>
        {
            scorer.Score(users[i].History, scores);
            foreach (var item in users[i].Excluded)
                scores[item] = float.NegativeInfinity;
            parts[i] = Ndcg(scores, users[i].Targets.AsSpan());
            return scores;
        }, _ => { });
        return parts.Length == 0 ? 0 : parts.Average();
    }

    // Tied items share the mean of their places.
    private static double Ndcg(ReadOnlySpan<float> scores, ReadOnlySpan<int> targets)
    {
        var (gain, ideal) = (0.0, 0.0);
        for (var t = 0; t < targets.Length; t++)
        {
            var (above, tied) = (0, 0);
            var own = scores[targets[t]];
            foreach (var score in scores)
            {
                above += score > own ? 1 : 0;
                tied += score == own ? 1 : 0;
            }
            var place = above + ((tied + 1) / 2.0);
            gain += place <= Depth ? 1 / Math.Log2(place + 1) : 0;
            ideal += t < Depth ? 1 / Math.Log2(t + 2) : 0;
        }
        return gain / ideal;
    }
}
