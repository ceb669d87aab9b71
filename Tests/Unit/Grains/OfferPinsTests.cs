using AgentRec.Grains.Serving;
using AgentRec.Grains.Users;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Blending;

namespace AgentRec.Tests.Unit.Grains;

public sealed class OfferPinsTests
{
    [Fact]
    public void Find_OfAPinnedOffer_GivesIt()
    {
        var pins = new OfferPins(ActivationId.NewId());
        var pin = Pin();

        Assert.Same(pin, pins.Find(pins.Add(pin)));
    }

    [Fact]
    public void Find_BeyondTheCapacity_GivesTheNewestOnly()
    {
        var pins = new OfferPins(ActivationId.NewId());
        string[] ids = [.. Enumerable.Range(0, OfferPins.Capacity + 1).Select(_ => pins.Add(Pin()))];

        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Null(pins.Find(ids[0]));
        Assert.All(ids[1..], id => Assert.NotNull(pins.Find(id)));
    }

    [Fact]
    public void Find_OfAnotherActivationsOffer_IsStale()
    {
        var before = new OfferPins(ActivationId.NewId()).Add(Pin());
        var pins = new OfferPins(ActivationId.NewId());
        pins.Add(Pin());

        Assert.Null(pins.Find(before));
    }

    [Fact]
    public void Release_OfAnOffer_MakesRoomForOthers()
    {
        var pins = new OfferPins(ActivationId.NewId());
        var kept = pins.Add(Pin());
        for (var i = 0; i < 2 * OfferPins.Capacity; i++)
        {
            var id = pins.Add(Pin());
            pins.Release(id);
            Assert.Null(pins.Find(id));
        }

        Assert.NotNull(pins.Find(kept));
    }

    private static OfferPin Pin() => new(new ServingState("default", Catalogue.Empty, null, ""), UserHistory.Empty, new UserScores(Catalogue.Empty, new Calibration(1, 0), []), []);
}
