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
        standing.Under("default", 7, Items).Keep(Call, bid);

        // Where the slate's edge lies is not what a bid rests on.
        Assert.Same(bid, standing.Under("default", 7, Items).Find(Call with { Cut = 0.2 }));
        Assert.Null(standing.Under("default", 7, Items).Find(Call with { Segment = 6 }));
        Assert.Null(standing.Under("default", 7, Items).Find(Call with { Beta = 0.02 }));
        Assert.Null(standing.Under("default", 7, Items).Find(Call with { Handle = 4 }));
        Assert.Null(standing.Under("another", 7, Items).Find(Call));
        Assert.Same(bid, standing.Under("default", 7, Items).Find(Call));
    }

    [Fact]
    public void Under_AnotherLedgerOrCatalogueOrAMinuteLater_NothingStands()
    {
        var standing = new StandingBids(_time);
        var bid = new Bid(3, 0.005, "Not shown yet.");
        standing.Under("default", 7, Items).Keep(Call, bid);
        Assert.Null(standing.Under("default", 8, Items).Find(Call));

        standing.Under("default", 8, Items).Keep(Call, bid);
        Assert.Null(standing.Under("default", 8, Catalogue.Create([])).Find(Call));

        standing.Under("default", 8, Items).Keep(Call, bid);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Same(bid, standing.Under("default", 8, Items).Find(Call));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(standing.Under("default", 8, Items).Find(Call));
    }

    [Fact]
    public void Keep_MoreThanTheCapacityOfAllTenants_IsNotKept_UntilOthersLetGo()
    {
        var standing = new StandingBids(_time);
        var full = standing.Under("default", 7, Items);
        for (var item = 0; item < StandingBids.Capacity; item++)
            full.Keep(Call with { Handle = item }, new Bid(item, 0.005, "Not shown yet."));
        var bid = new Bid(3, 0.005, "Not shown yet.");
        standing.Under("another", 7, Items).Keep(Call, bid);
        Assert.Null(standing.Under("another", 7, Items).Find(Call));

        // Nobody comes for the first tenant's any more.
        _time.Advance(TimeSpan.FromMinutes(1));
        standing.Under("another", 7, Items).Keep(Call, bid);
        Assert.Same(bid, standing.Under("another", 7, Items).Find(Call));
    }

    [Fact]
    public void Keep_BidOfAnAgentWithoutTheLedgerOrForAnotherItem_DoesNotStand()
    {
        var board = new StandingBids(_time).Under("default", 7, Items);
        board.Keep(Call, ItemBidding.WithoutLedger(3));
        board.Keep(Call, new Bid(4, 0.01, "Another's."));
        Assert.Null(board.Find(Call));
    }
}
