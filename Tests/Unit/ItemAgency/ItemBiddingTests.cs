using AgentRec.Negotiation.ItemAgency;
using CsCheck;

namespace AgentRec.Tests.Unit.ItemAgency;

public sealed class ItemBiddingTests
{
    private const double Beta = 0.02;

    [Fact]
    public void Bid_OfAnyEvidence_IsWithinBetaAndHasAReason() =>
        Gen.Select(Gen.Long[-5, 1_000], Gen.Long[-5, 1_000], Gen.Double[-1, 1_000], Gen.Double[0, 100], Gen.Double[0, 1], Gen.Long[-5, 100], Gen.Long[-5, 200])
            .Sample((exposures, received, age, mean, reception, here, liked) =>
            {
                var bid = ItemBidding.Bid(4, new ItemEvidence(exposures, received, age, mean, reception) { SegmentExposures = here, SegmentReceived = liked }, Beta);

                Assert.Equal(4, bid.Handle);
                Assert.InRange(bid.Amount, 0, Beta);
                Assert.EndsWith(".", bid.Reason, StringComparison.Ordinal);
            });

    [Fact]
    public void Bid_WithBetaZero_IsNothing() => Assert.Equal(0, ItemBidding.Bid(1, new ItemEvidence(0, 0, 0, 5, 0.2), 0).Amount);

    [Fact]
    public void Bid_OfAnItemShownMoreThanItMerits_IsNothing()
    {
        var bid = ItemBidding.Bid(1, new ItemEvidence(100, 10, 1_000, 4, 0.1), Beta);

        Assert.Equal((0, ItemBidding.AsOften), (bid.Amount, bid.Reason));
    }

    [Fact]
    public void Bid_FallsWithExposure_AtTheSameReception()
    {
        double[] bids = [.. Enumerable.Range(0, 12).Select(times => ItemBidding.Bid(1, new ItemEvidence(times * 10, times, 1_000, 80, 0.1), Beta).Amount)];

        Assert.Equal(Beta, bids[0]);
        Assert.Equal(bids.OrderDescending(), bids);
        Assert.Equal(0, bids[^1]);
    }

    [Fact]
    public void Bid_InASegmentThatTakesToTheItem_IsHigherThanInOneThatDoesNot()
    {
        var evidence = new ItemEvidence(20, 1, 1_000, 30, 0.1);

        var liked = ItemBidding.Bid(1, evidence with { SegmentExposures = 5, SegmentReceived = 1 }, Beta).Amount;
        var unknown = ItemBidding.Bid(1, evidence, Beta).Amount;
        var disliked = ItemBidding.Bid(1, evidence with { SegmentExposures = 15 }, Beta).Amount;

        Assert.True(liked > unknown && unknown > disliked, $"{liked} > {unknown} > {disliked}");
    }

    [Fact]
    public void Bid_OfANewItem_IsHigherThanOfAnOldOne()
    {
        var aged = ItemBidding.Bid(1, new ItemEvidence(4, 1, 1_000, 5, 0.1), Beta).Amount;

        Assert.True(ItemBidding.Bid(1, new ItemEvidence(4, 1, 0, 5, 0.1), Beta).Amount > aged);
    }

    [Fact]
    public void Bid_InWords_IsTheSameWhateverTheFigures()
    {
        foreach (var exposures in (long[])[0, 1, 2, 7])
            Assert.Equal(ItemBidding.LessOften, ItemBidding.Bid(1, new ItemEvidence(exposures, exposures / 2, double.PositiveInfinity, 8, 0.1), Beta).Reason);
        Assert.DoesNotContain(ItemBidding.LessOften + ItemBidding.AsOften, char.IsDigit);
    }
}
