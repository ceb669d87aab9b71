using AgentRec.Domain;
using Orleans.Concurrency;

namespace AgentRec.Grains.Abstractions.Items;

/// <summary>Speaks for one item, by what the exposure ledger knows of it. Key: <see cref="Keys.GrainKey.Item"/>.</summary>
[Alias("agentrec.IItemAgent")]
public interface IItemAgent : IGrainWithStringKey
{
    /// <summary>Bids for a place in a slate. The item agent learns the audience's segment, never who it is.</summary>
    /// <param name="call">What is at stake.</param>
    [Alias("Bid"), AlwaysInterleave]
    ValueTask<Bid> Bid(BidInvitation call);

    /// <summary>Tells that the item was shown. Counts are handed over every few seconds: a crash may lose the newest.</summary>
    /// <param name="segment">The audience's segment.</param>
    [Alias("Shown"), OneWay]
    Task Shown(int segment);

    /// <summary>Tells how the item was received.</summary>
    /// <param name="segment">The audience's segment.</param>
    /// <param name="positive">True when it was liked, consumed or rated well.</param>
    [Alias("Received"), OneWay]
    Task Received(int segment, bool positive);

    /// <summary>The item and its standing.</summary>
    /// <returns>Null when the catalogue has no such item.</returns>
    [Alias("Describe"), AnyRoute]
    Task<ItemStanding?> Describe();
}

/// <summary>What an item agent is told when it is invited to bid.</summary>
/// <param name="Handle">The item's handle, to be named by the bid.</param>
/// <param name="Segment">The audience's segment, one of at most 64 fixed buckets.</param>
/// <param name="Cut">The utility at the slate's edge.</param>
/// <param name="Beta">The greatest bid.</param>
/// <param name="LedgerVersion">The version of the exposure ledger to bid by; who does not have it bids nothing.</param>
[GenerateSerializer, Immutable, Alias("agentrec.BidInvitation")]
public sealed record BidInvitation(
    [property: Id(0)] int Handle,
    [property: Id(1)] int Segment,
    [property: Id(2)] double Cut,
    [property: Id(3)] double Beta,
    [property: Id(4)] long LedgerVersion);

/// <summary>An item with its agent's standing.</summary>
/// <param name="Item">The item.</param>
/// <param name="Stratum">Its stratum in the training data.</param>
/// <param name="Exposures">How often it has been shown.</param>
/// <param name="Receptions">How often it was received well.</param>
/// <param name="Rejections">How often it was received badly.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ItemStanding")]
public sealed record ItemStanding(
    [property: Id(0)] Item Item,
    [property: Id(1)] Stratum Stratum,
    [property: Id(2)] long Exposures,
    [property: Id(3)] long Receptions,
    [property: Id(4)] long Rejections);
