namespace AgentRec.Recommenders.Memory;

/// <summary>What a memory knows in detail, laid out to be read and changed; <see cref="PackedDetail"/> keeps the same at rest.</summary>
/// <param name="Consumed">Items known.</param>
/// <param name="Positives">Items taken to, in the order of time, each once.</param>
/// <param name="Recent">The newest interactions, oldest first.</param>
/// <param name="Affinities">Leanings to facet values.</param>
internal sealed record MemoryDetail(ItemSet Consumed, List<TimedItem> Positives, List<EpisodicEntry> Recent, AffinityTable Affinities)
{
    /// <summary>The detail of a new user.</summary>
    public static MemoryDetail Empty() => new(new ItemSet([]), [], [], AffinityTable.Of([]));
}
