namespace AgentRec.Recommenders;

/// <summary>
/// The order in which items are nominated: by relevance, but that from the eleventh to the fiftieth place every third is kept
/// for an item that nobody has taken to yet. Relevance decides what is shown; without a place in the window a new item would
/// never be asked.
/// </summary>
internal static class NominationOrder
{
    /// <summary>How many places are kept for new items.</summary>
    public const int Kept = 13;

    private const int FirstKept = 10;
    private const int LastKept = 50;
    private const int EachKept = 3;

    /// <summary>Gives new items their places.</summary>
    /// <param name="falling">All handles, the most relevant first.</param>
    /// <param name="newcomers">The best new items, best first; at most <see cref="Kept"/>.</param>
    /// <param name="history">What the user took to: it takes no place.</param>
    /// <returns>All handles.</returns>
    public static int[] Of(int[] falling, ReadOnlySpan<int> newcomers, UserHistory history)
    {
        if (newcomers.IsEmpty)
            return falling;
        var (known, placed, order) = (history.Items.ToHashSet(), new HashSet<int>(), new List<int>(falling.Length));
        var (place, next) = (0, 0);
        foreach (var handle in falling)
        {
            for (; place is >= FirstKept and < LastKept && (place - FirstKept) % EachKept == 0 && next < newcomers.Length; next++)
            {
                if (placed.Add(newcomers[next]))
                {
                    order.Add(newcomers[next]);
                    place++;
                }
            }
            if (!placed.Add(handle))
                continue;
            order.Add(handle);
            place += known.Contains(handle) ? 0 : 1;
        }
        return [.. order];
    }
}
