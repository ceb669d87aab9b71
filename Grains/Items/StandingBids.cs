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
    /// <summary>How many bids of all tenants are kept, of some 150 bytes each; beyond it agents are asked every time.</summary>
    public const int Capacity = 100_000;

    private static readonly TimeSpan StandsFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Board> _boards = new(StringComparer.Ordinal);
    private int _kept;

    /// <summary>A tenant's bids by one version of its ledger.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="ledgerVersion">The version.</param>
    /// <param name="catalogue">The tenant's catalogue, whose handles bids name.</param>
    public Board Under(string tenant, long ledgerVersion, IFacetSource catalogue)
    {
        var now = time.GetUtcNow();
        if (_boards.TryGetValue(tenant, out var board) && board.Version == ledgerVersion && ReferenceEquals(board.Catalogue, catalogue) && board.Stands(now))
            return board;
        // Of tenants that nobody comes for any more nothing is kept, so that there is room for the others.
        foreach (var (name, left) in _boards)
        {
            if (!left.Stands(now))
                _boards.TryRemove(new(name, left));
        }
        _boards[tenant] = board = new Board(this, ledgerVersion, catalogue, now);
        Volatile.Write(ref _kept, _boards.Values.Sum(one => one.Count));
        return board;
    }

    /// <summary>Bids that stand together.</summary>
    /// <param name="all">The bids of all tenants.</param>
    /// <param name="version">The version of the ledger that they go by.</param>
    /// <param name="catalogue">The catalogue whose handles they name.</param>
    /// <param name="since">Since when they stand.</param>
    internal sealed class Board(StandingBids all, long version, IFacetSource catalogue, DateTimeOffset since)
    {
        private readonly ConcurrentDictionary<(int Handle, int Segment, double Beta), Bid> _bids = new();
        private int _count;

        public long Version => version;

        public IFacetSource Catalogue => catalogue;

        public int Count => Volatile.Read(ref _count);

        public bool Stands(DateTimeOffset now) => now >= since && now - since < StandsFor;

        /// <summary>What an item agent has bid; null when it is to be asked.</summary>
        /// <param name="call">What it would be asked.</param>
        public Bid? Find(BidInvitation call) => _bids.GetValueOrDefault((call.Handle, call.Segment, call.Beta));

        /// <summary>Keeps what an item agent bid, unless it did not have the ledger yet.</summary>
        /// <param name="call">What it was asked.</param>
        /// <param name="bid">What it bid.</param>
        public void Keep(BidInvitation call, Bid bid)
        {
            if (bid.Handle != call.Handle || ItemBidding.IsWithoutLedger(bid) || Volatile.Read(ref all._kept) >= Capacity)
                return;
            if (!_bids.TryAdd((call.Handle, call.Segment, call.Beta), bid))
                return;
            Interlocked.Increment(ref _count);
            Interlocked.Increment(ref all._kept);
        }
    }
}
