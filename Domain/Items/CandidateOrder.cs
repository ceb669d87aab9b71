namespace AgentRec.Domain;

/// <summary>The canonical order of a candidate window: relevance, then raw score, both falling, then a seeded hash of the id.</summary>
/// <param name="seed">The seed that orders what the figures leave tied.</param>
public sealed class CandidateOrder(ulong seed) : IComparer<Candidate>
{
    /// <inheritdoc/>
    public int Compare(Candidate? x, Candidate? y)
    {
        if (ReferenceEquals(x, y))
            return 0;
        if (x is null || y is null)
            return x is null ? 1 : -1;
        var order = y.Relevance.CompareTo(x.Relevance);
        if (order == 0)
            order = y.RawScore.CompareTo(x.RawScore);
        if (order == 0)
            order = StableHash.Of(seed, x.ItemId).CompareTo(StableHash.Of(seed, y.ItemId));
        return order != 0 ? order : string.CompareOrdinal(x.ItemId, y.ItemId);
    }
}
