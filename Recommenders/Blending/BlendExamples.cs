using System.Collections.Immutable;
using AgentRec.Recommenders.Scorers;

namespace AgentRec.Recommenders.Blending;

/// <summary>A user of whom it is known what came next: what a blend learns from.</summary>
/// <param name="History">What the user took to before.</param>
/// <param name="Targets">What the user took to next, at least one item, none of it in the history.</param>
/// <param name="Excluded">Items that could not have come next, the history among them.</param>
public sealed record HeldOutUser(UserHistory History, ImmutableArray<int> Targets, ImmutableArray<int> Excluded);

/// <summary>One user's candidates with their features.</summary>
/// <param name="Features">Row-major [scorers, candidates].</param>
/// <param name="Count">The number of candidates.</param>
/// <param name="Targets">Which candidates were taken, ascending.</param>
internal sealed record BlendExample(float[] Features, int Count, int[] Targets)
{
    /// <summary>The rescaled scores of all items that could have come next; null when no target is among them.</summary>
    /// <param name="scorers">Scorers that have not seen the targets.</param>
    /// <param name="user">The user.</param>
    /// <param name="itemCount">The number of items.</param>
    public static BlendExample? Of(ImmutableArray<IScorer> scorers, HeldOutUser user, int itemCount)
    {
        var excluded = user.Excluded.ToHashSet();
        int[] candidates = [.. Enumerable.Range(0, itemCount).Where(item => !excluded.Contains(item))];
        int[] targets = [.. user.Targets.Select(target => Array.BinarySearch(candidates, target)).Where(place => place >= 0).Order()];
        if (targets.Length == 0)
            return null;
        var features = new float[scorers.Length * candidates.Length];
        var scores = new float[itemCount];
        for (var s = 0; s < scorers.Length; s++)
        {
            scorers[s].Score(user.History, scores);
            ScoreScale.Apply(scores, itemCount);
            for (var c = 0; c < candidates.Length; c++)
                features[(s * candidates.Length) + c] = scores[candidates[c]];
        }
        return new BlendExample(features, candidates.Length, targets);
    }
}
