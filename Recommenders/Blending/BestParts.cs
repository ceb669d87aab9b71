namespace AgentRec.Recommenders.Blending;

/// <summary>
/// What each scorer says of a user's best items. Slates are made of these, so their explanations need no second scoring; to
/// keep it for the whole catalogue would cost more than all else that is kept of a user.
/// </summary>
internal sealed class BestParts
{
    private readonly int[] _handles;
    private readonly ScorePart[] _parts;

    /// <summary>Keeps what concerns the best items.</summary>
    /// <param name="best">Their handles, in any order; some may be there twice.</param>
    /// <param name="parts">What each scorer says of every item.</param>
    public BestParts(IEnumerable<int> best, ScorePart[] parts)
    {
        _handles = [.. best.Distinct().Order()];
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
}
