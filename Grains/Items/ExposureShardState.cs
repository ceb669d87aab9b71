using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.ItemAgency;

namespace AgentRec.Grains.Items;

/// <summary>What a shard of the exposure ledger keeps, as it is stored: counts, and how far each writer's deltas are in them.</summary>
public sealed class ExposureShardState
{
    /// <summary>The name of the state; distinct for each class of agent.</summary>
    public const string Name = "exposure-shard";

    /// <summary>How many deltas are in the counts.</summary>
    public long Version { get; set; }

    /// <summary>The counts, in ordinal order of items, segments ascending.</summary>
    public ImmutableArray<SegmentExposure> Entries { get; set; } = [];

    /// <summary>The last sequence of each writer, the writer heard of longest ago first.</summary>
    public ImmutableArray<WriterMark> Writers { get; set; } = [];

    /// <summary>The ledger as it was kept.</summary>
    internal ExposureLedger Restore() => new(ExposureSnapshot.Empty.Add(Entries, Version), [.. Writers]);

    /// <summary>Takes a ledger in, to be kept; what an erasure has brought to nothing is left out.</summary>
    /// <param name="ledger">The ledger.</param>
    internal void Take(ExposureLedger ledger) => (Version, Entries, Writers) = (ledger.Snapshot.Version, [.. ledger.Snapshot.Entries.Where(entry => entry.Counts != default)], [.. ledger.Writers]);
}
