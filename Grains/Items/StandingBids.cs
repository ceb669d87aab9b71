using System.Collections.Concurrent;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Negotiation.ItemAgency;
using Microsoft.Extensions.DependencyInjection;

namespace AgentRec.Grains.Items;

/// <summary>
/// The bids that item agents have given this silo. A bid rests on the item, the audience's segment, the greatest bid and the
/// published ledger, and on nothing of who is recommended to: it stands until a ledger is published, so that popular items are not
/// asked the same by every turn. A new item loses worth by the day, and so a bid stands for a minute at most.
/// </summary>
/// <param name="time">The domain's clock.</param>
internal sealed class StandingBids([FromKeyedServices(DomainTime.Key)] TimeProvider time)
{
    /// <summary>How many bids are kept, of some 150 bytes each; beyond it agents are asked every time.</summary>
    public const int Capacity = 100_000;

    private static readonly TimeSpan StandsFor = TimeSpan.FromMinutes(1);

    private volatile Board? _board;

    /// <summary>The bids by one version of the ledger.</summary>
    /// <param name="ledgerVersion">The version.</param>
    /// <param name="catalogue">The silo's catalogue, whose handles bids name.</param>
    public Board Under(long ledgerVersion, IFacetSource catalogue)
    {
        var now = time.GetUtcNow();
        var board = _board;
        if (board is not null && board.Version == ledgerVersion && ReferenceEquals(board.Catalogue, catalogue) && now >= board.Since && now - board.Since < StandsFor)
            return board;
        return _board = new Board(ledgerVersion, catalogue, now);
    }

    /// <summary>Bids that stand together.</summary>
    /// <param name="version">The version of the ledger that they go by.</param>
    /// <param name="catalogue">The catalogue whose handles they name.</param>
    /// <param name="since">Since when they stand.</param>
    internal sealed class Board(long version, IFacetSource catalogue, DateTimeOffset since)
    {
        private readonly ConcurrentDictionary<(string Tenant, int Handle, int Segment, double Beta), Bid> _bids = new();
        private int _count;

        public long Version => version;

        public IFacetSource Catalogue => catalogue;

        public DateTimeOffset Since => since;

        /// <summary>What an item agent has bid; null when it is to be asked.</summary>
        /// <param name="tenant">The tenant.</param>
        /// <param name="call">What it would be asked.</param>
        public Bid? Find(string tenant, BidInvitation call) => _bids.GetValueOrDefault((tenant, call.Handle, call.Segment, call.Beta));

        /// <summary>Keeps what an item agent bid, unless it did not have the ledger yet.</summary>
        /// <param name="tenant">The tenant.</param>
        /// <param name="call">What it was asked.</param>
        /// <param name="bid">What it bid.</param>
        public void Keep(string tenant, BidInvitation call, Bid bid)
        {
            if (bid.Handle != call.Handle || ItemBidding.IsWithoutLedger(bid) || Volatile.Read(ref _count) >= Capacity)
                return;
            if (_bids.TryAdd((tenant, call.Handle, call.Segment, call.Beta), bid))
                Interlocked.Increment(ref _count);
        }
    }
}
