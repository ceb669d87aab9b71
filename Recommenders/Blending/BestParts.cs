namespace AgentRec.Recommenders.Blending;

/// <summary>
/// What each scorer says of a user's best items. Slates are made of these, so their explanations need no second scoring; to
/// keep it for the whole catalogue would cost more than all else that is kept of a user.
/// </summary>
internal sealed class BestParts
{
    /// <summary>
    /// More than a window holds, so that items that were filtered out leave room: so many of all, and so many of those that were not
    /// shown lately, which rules may let nothing else be shown but.
    /// </summary>
    public const int Capacity = 512;

    private readonly int[] _handles;
    private readonly ScorePart[] _parts;

    /// <summary>Keeps what concerns the best items.</summary>
    /// <param name="falling">All handles, the greatest raw score first.</param>
    /// <param name="parts">What each scorer says of every item.</param>
    /// <param name="known">Items that are never shown again: they score high, and would take the room.</param>
    /// <param name="shown">Items that were shown lately.</param>
    public BestParts(ReadOnlySpan<int> falling, ScorePart[] parts, ReadOnlySpan<int> known, ReadOnlySpan<int> shown)
    {
        _handles = Best(falling, Set(known), Set(shown));
        _parts = [.. parts.Select(part => new ScorePart([.. _handles.Select(handle => part.Scores[handle])], [.. _handles.Select(handle => part.Scaled[handle])]))];
    }

    /// <summary>Finds what a scorer says of an item.</summary>
    /// <param name="scorer">The scorer's place.</param>
    /// <param name="handle">The item.</param>
    /// <returns>Null when the item is not among the best.</returns>
    public (float Score, float Scaled)? Find(int scorer, int handle)
    {
        var place = Array.BinarySearch(_handles, handle);
        return place < 0 ? null : (_parts[scorer].Scores[place], _parts[scorer].Scaled[place]);
    }

    /// <summary>The handles of the best items, ascending.</summary>
    private static int[] Best(ReadOnlySpan<int> falling, HashSet<int> known, HashSet<int> shown)
    {
        var best = new List<int>(Capacity);
        var (all, fresh) = (0, 0);
        foreach (var handle in falling)
        {
            if (fresh == Capacity)
                break;
            if (known.Contains(handle))
                continue;
            var isFresh = !shown.Contains(handle);
            if (isFresh || all < Capacity)
                best.Add(handle);
            all++;
            fresh += isFresh ? 1 : 0;
        }
        best.Sort();
        return [.. best];
    }

    private static HashSet<int> Set(ReadOnlySpan<int> handles)
    {
        var set = new HashSet<int>(handles.Length);
        foreach (var handle in handles)
            set.Add(handle);
        return set;
    }
}
