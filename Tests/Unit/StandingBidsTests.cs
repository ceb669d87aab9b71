using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Items;
using AgentRec.Negotiation.ItemAgency;
using AgentRec.Recommenders;
using Microsoft.Extensions.Time.Testing;

namespace AgentRec.Tests.Unit;

public sealed class StandingBidsTests
{
    private static readonly BidInvitation Call = new(3, Segment: 5, Cut: 0.1, Beta: 0.01, LedgerVersion: 7);
    private static readonly Catalogue Items = Catalogue.Create([]);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Find_SameItemSegmentBetaAndLedger_FindsWhatWasBid()
    {
        var standing = new StandingBids(_time);
        var bid = new Bid(3, 0.005, "Not shown yet.");
        standing.Under(7, Items).Keep("default", Call, bid);

        // Where the slate's edge lies is not what a bid rests on.
        Assert.Same(bid, standing.Under(7, Items).Find("default", Call with { Cut = 0.2 }));
        Assert.Null(standing.Under(7, Items).Find("default", Call with { Segment = 6 }));
        Assert.Null(standing.Under(7, Items).Find("default", Call with { Beta = 0.02 }));
        Assert.Null(standing.Under(7, Items).Find("default", Call with { Handle = 4 }));
        Assert.Null(standing.Under(7, Items).Find("another", Call));
    }

    [Fact]
    public void Under_AnotherLedgerOrCatalogueOrAMinuteLater_NothingStands()
    {
        var standing = new StandingBids(_time);
        var bid = new Bid(3, 0.005, "Not shown yet.");
        standing.Under(7, Items).Keep("default", Call, bid);
        Assert.Null(standing.Under(8, Items).Find("default", Call));

        standing.Under(8, Items).Keep("default", Call, bid);
        Assert.Null(standing.Under(8, Catalogue.Create([])).Find("default", Call));

        standing.Under(8, Items).Keep("default", Call, bid);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Same(bid, standing.Under(8, Items).Find("default", Call));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(standing.Under(8, Items).Find("default", Call));
    }

    [Fact]
    public void Keep_BidOfAnAgentWithoutTheLedgerOrForAnotherItem_DoesNotStand()
    {
        var board = new StandingBids(_time).Under(7, Items);
        board.Keep("default", Call, ItemBidding.WithoutLedger(3));
        board.Keep("default", Call, new Bid(4, 0.01, "Another's."));
        Assert.Null(board.Find("default", Call));
    }
}
