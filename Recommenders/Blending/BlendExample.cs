using System.Collections.Immutable;
using AgentRec.Recommenders.Scorers;

namespace AgentRec.Recommenders.Blending;

/// <summary>One user's candidates with their features.</summary>
/// <param name="Features">Row-major [scorers, candidates].</param>
/// <param name="Count">The number of candidates.</param>
/// <param name="Targets">Which candidates were taken, ascending.</param>
internal sealed record BlendExample(float[] Features, int Count, int[] Targets)
{
    // Only what some scorer puts near the top can reach a slate; the order of the rest teaches nothing that matters.
    private const int Depth = 30;

    /// <summary>The rescaled scores of the best items of each scorer; null when no target is among them.</summary>
    /// <param name="scorers">Scorers that have not seen the targets.</param>
    /// <param name="user">The user.</param>
    /// <param name="itemCount">The number of items.</param>
    public static BlendExample? Of(ImmutableArray<IScorer> scorers, HeldOutUser user, int itemCount)
    {
        var excluded = user.Excluded.ToHashSet();
        var all = new float[scorers.Length * itemCount];
        var pool = new SortedSet<int>();
        for (var s = 0; s < scorers.Length; s++)
        {
            var scores = all.AsSpan(s * itemCount, itemCount);
            scorers[s].Score(user.History, scores);
            ScoreScale.Apply(scores, itemCount);
            pool.UnionWith(BestOf.Positive(scores, Depth, excluded));
        }
        int[] candidates = [.. pool];
        int[] targets = [.. user.Targets.Select(target => Array.BinarySearch(candidates, target)).Where(place => place >= 0).Order()];
        if (targets.Length == 0)
            return null;
        var features = new float[scorers.Length * candidates.Length];
        for (var s = 0; s < scorers.Length; s++)
        {
            for (var c = 0; c < candidates.Length; c++)
                features[(s * candidates.Length) + c] = all[(s * itemCount) + candidates[c]];
        }
        return new BlendExample(features, candidates.Length, targets);
    }
}
