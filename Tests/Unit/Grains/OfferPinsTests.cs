using AgentRec.Grains.Serving;
using AgentRec.Grains.Users;
using AgentRec.Recommenders;

namespace AgentRec.Tests.Unit.Grains;

public sealed class OfferPinsTests
{
    [Fact]
    public void Find_OfAPinnedOffer_GivesIt()
    {
        var pins = new OfferPins("a");
        var pin = Pin();

        Assert.Same(pin, pins.Find(pins.Add(pin)));
    }

    [Fact]
    public void Find_BeyondTheCapacity_GivesTheNewestOnly()
    {
        var pins = new OfferPins("a");
        string[] ids = [.. Enumerable.Range(0, OfferPins.Capacity + 1).Select(_ => pins.Add(Pin()))];

        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Null(pins.Find(ids[0]));
        Assert.All(ids[1..], id => Assert.NotNull(pins.Find(id)));
    }

    [Fact]
    public void Find_OfAnotherActivationsOffer_IsStale()
    {
        var before = new OfferPins("a").Add(Pin());
        var pins = new OfferPins("b");
        pins.Add(Pin());

        Assert.Null(pins.Find(before));
    }

    private static OfferPin Pin() => new(ServingState.Empty, UserHistory.Empty, null!, []);
}
