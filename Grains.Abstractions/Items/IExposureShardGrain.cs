using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Grains.Abstractions.Items;

/// <summary>
/// Keeps the exposure counts of a fixed part of the items. Every silo hands it what its item agents counted and reads it back,
/// every few seconds: nothing on the path of a turn passes through it. Key: <see cref="Keys.GrainKey.ExposureShard"/>.
/// </summary>
[Alias("agentrec.IExposureShardGrain")]
public interface IExposureShardGrain : IGrainWithStringKey
{
    /// <summary>
    /// Adds a delta, unless it was added before. Counts are written behind: a crash may lose the newest, and what is counted once
    /// is never counted again.
    /// </summary>
    /// <param name="delta">The delta; its items are of this shard.</param>
    [Alias("Merge")]
    Task Merge(ExposureDelta delta);

    /// <summary>Reads what changed.</summary>
    /// <param name="activation">The activation that was read before; empty for none.</param>
    /// <param name="after">The version that was read before.</param>
    /// <returns>The items that changed since; all of them when another activation was read before.</returns>
    [Alias("Read")]
    Task<ShardReading> Read(string activation, long after);

    /// <summary>Reads the counts of one item over all segments.</summary>
    /// <param name="itemId">The item.</param>
    [Alias("Count")]
    Task<ExposureCounts> Count(string itemId);
}

/// <summary>What a shard holds.</summary>
/// <param name="Activation">Names the activation that answered.</param>
/// <param name="Version">The shard's version.</param>
/// <param name="IsWhole">True when all items are listed; false when only those that changed are.</param>
/// <param name="Entries">Each listed item with all its segments.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ShardReading")]
public sealed record ShardReading(
    [property: Id(0)] string Activation,
    [property: Id(1)] long Version,
    [property: Id(2)] bool IsWhole,
    [property: Id(3)] ImmutableArray<SegmentExposure> Entries);
