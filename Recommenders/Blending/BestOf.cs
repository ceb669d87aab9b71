namespace AgentRec.Recommenders.Blending;

/// <summary>Picks the greatest of many scores.</summary>
internal static class BestOf
{
    /// <summary>The handles of the greatest scores above 0, ties by a hash of the handle; in no particular order.</summary>
    /// <param name="scores">Scores by handle.</param>
    /// <param name="count">How many to pick at most.</param>
    /// <param name="excluded">What not to pick.</param>
    public static IEnumerable<int> Positive(ReadOnlySpan<float> scores, int count, HashSet<int> excluded) => Above(0, scores, count, excluded);

    /// <summary>The handles of the greatest scores above a floor, ties by a hash of the handle; in no particular order.</summary>
    /// <param name="floor">What scores must exceed.</param>
    /// <param name="scores">Scores by handle.</param>
    /// <param name="count">How many to pick at most.</param>
    /// <param name="excluded">What not to pick.</param>
    public static IEnumerable<int> Above(float floor, ReadOnlySpan<float> scores, int count, HashSet<int> excluded)
    {
        var kept = new PriorityQueue<int, (float, ulong)>(count + 1);
        for (var handle = 0; handle < scores.Length; handle++)
        {
            if (!(scores[handle] > floor) || excluded.Contains(handle))
                continue;
            var rank = (scores[handle], StableHash.Of(0, (ulong)handle));
            if (kept.Count < count)
                kept.Enqueue(handle, rank);
            else
                kept.EnqueueDequeue(handle, rank);
            if (kept.Count == count)
                floor = Math.Max(floor, MathF.BitDecrement(scores[kept.Peek()]));
        }
        return kept.UnorderedItems.Select(entry => entry.Element);
    }
}
