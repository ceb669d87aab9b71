using AgentRec.Simulation;

namespace AgentRec.Tests.Unit.Simulation;

public sealed class ShillingTests
{
    private static readonly World There = Worlds.Make(
        new Scenario { Name = "attacked", Arms = [new ArmTerms("only")], World = new SyntheticTerms { Users = 80, Items = 100, Genres = 5, RatingsPerUser = 15 } }, new Chance(5));

    [Theory]
    [InlineData(ShillingProfile.Random, 0)]
    [InlineData(ShillingProfile.Average, 0)]
    [InlineData(ShillingProfile.Bandwagon, 5)]
    [InlineData(ShillingProfile.Segment, 5)]
    public void Profile_AnyKind_PushesItsTargetAmongItemsRatedOnce(ShillingProfile kind, int selected)
    {
        var shilling = new Shilling(ItemRatings.Of(There), new Chance(5));
        var target = shilling.Target(0);

        var profile = shilling.Profile(kind, target, 0.1, number: 3);

        Assert.Equal((target, 5.0), profile[0]);
        Assert.Equal(1 + selected + 10, profile.Count);
        Assert.Equal(profile.Count, profile.Select(rating => rating.Item).Distinct().Count());
        Assert.All(profile.Skip(1).Take(selected), rating => Assert.Equal(5, rating.Rating));
        Assert.All(profile, rating => Assert.InRange(rating.Rating, 0.5, 5));
        Assert.Equal(profile, shilling.Profile(kind, target, 0.1, number: 3));
        Assert.NotEqual(profile, shilling.Profile(kind, target, 0.1, number: 4));
    }

    [Fact]
    public void Profile_Segment_TakesItemsOfTheTargetsGenre()
    {
        var shilling = new Shilling(ItemRatings.Of(There), new Chance(5));
        var target = shilling.Target(1);

        var profile = shilling.Profile(ShillingProfile.Segment, target, 0.1, number: 0);

        Assert.All(profile.Skip(1).Take(5), rating => Assert.NotEmpty(There.Genres[rating.Item].Intersect(There.Genres[target], StringComparer.Ordinal)));
    }
}
