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
        var order = new int[falling.Length];
        var known = history.Items.AsSpan();
        // By place among the newcomers; those ahead have their place before their turn in the falling order.
        Span<bool> placed = stackalloc bool[newcomers.Length];
        var (count, place, next, ahead) = (0, 0, 0, 0);
        for (var i = 0; i < falling.Length; i++)
        {
            for (; IsKept(place) && next < newcomers.Length; next++)
            {
                if (placed[next])
                    continue;
                placed[next] = true;
                order[count++] = newcomers[next];
                ahead++;
                place++;
            }
            if (ahead == 0 && place >= LastKept)
            {
                falling.AsSpan(i).CopyTo(order.AsSpan(count));
                break;
            }
            if (newcomers.IndexOf(falling[i]) is >= 0 and var newcomer)
            {
                if (placed[newcomer])
                {
                    ahead--;
                    continue;
                }
                placed[newcomer] = true;
            }
            order[count++] = falling[i];
            place += place < LastKept && !known.Contains(falling[i]) ? 1 : 0;
        }
        return order;
    }

    private static bool IsKept(int place) => place is >= FirstKept and < LastKept && (place - FirstKept) % EachKept == 0;
}
