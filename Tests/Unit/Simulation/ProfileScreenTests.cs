using AgentRec.Recommenders.Screening;
using AgentRec.Simulation;

namespace AgentRec.Tests.Unit.Simulation;

public sealed class ProfileScreenTests
{
    private static readonly World There = Worlds.Make(
        new Scenario { Name = "screened", Arms = [new ArmTerms("only")], World = new SyntheticTerms { Users = 200, Items = 800, Genres = 8, RatingsPerUser = 30 } }, new Chance(21));

    private static readonly (int Item, double Rating)[][] Real = [.. There.Past.Select(past => past.Select(one => (one.Item, one.Rating)).ToArray())];

    [Fact]
    public void Suspects_NobodyInvented_NamesHardlyAnyone() => Assert.InRange(ProfileScreen.Suspects(Real, 800).Count(suspect => suspect), 0, 2);

    [Theory]
    [InlineData(ShillingProfile.Random)]
    [InlineData(ShillingProfile.Average)]
    [InlineData(ShillingProfile.Bandwagon)]
    [InlineData(ShillingProfile.Segment)]
    public void Suspects_TenWhoPushAnItem_AreFoundAmongTwoHundred(ShillingProfile kind)
    {
        var shilling = new Shilling(ItemRatings.Of(There), new Chance(21));
        var target = shilling.Target(0);
        (int Item, double Rating)[][] invented = [.. Enumerable.Range(0, 10).Select(i => shilling.Profile(kind, target, 0.03, i).ToArray())];

        var suspects = ProfileScreen.Suspects([.. Real, .. invented], 800);

        Assert.All(suspects[200..], Assert.True);
        Assert.InRange(suspects[..200].Count(suspect => suspect), 0, 2);
    }

    [Fact]
    public void Suspects_FiveWhoRateOneItemOnly_AreFoundAmongNewcomersWhoRateLittle()
    {
        var target = new Shilling(ItemRatings.Of(There), new Chance(21)).Target(0);
        // Every tenth has hardly begun.
        (int Item, double Rating)[][] real = [.. Real.Select((profile, user) => user % 10 == 0 ? profile[..(1 + (user / 10 % 4))] : profile)];
        (int Item, double Rating)[][] invented = [.. Enumerable.Repeat<(int, double)[]>([(target, 5)], 5)];

        var suspects = ProfileScreen.Suspects([.. real, .. invented], 800);

        Assert.All(suspects[200..], Assert.True);
        Assert.InRange(suspects[..200].Count(suspect => suspect), 0, 2);
    }

    [Fact]
    public void Suspects_NewcomersWhoRateWhatAllRate_AreNone()
    {
        var best = Real.SelectMany(profile => profile).Where(rating => rating.Rating >= 4.5).GroupBy(rating => rating.Item).MaxBy(item => item.Count())!;

        var suspects = ProfileScreen.Suspects([.. Real, .. Enumerable.Repeat<(int, double)[]>([(best.Key, 5)], Math.Max(2, best.Count() / 20))], 800);

        Assert.All(suspects[200..], Assert.False);
    }

    [Fact]
    public void Suspects_OneOddUserAlone_IsNone()
    {
        var shilling = new Shilling(ItemRatings.Of(There), new Chance(21));

        var suspects = ProfileScreen.Suspects([.. Real, [.. shilling.Profile(ShillingProfile.Random, shilling.Target(0), 0.03, 0)]], 800);

        Assert.False(suspects[200]);
    }

    [Fact]
    public void Suspects_HardlyAnyUsersOrEmptyProfiles_AreNone()
    {
        Assert.Equal([false, false], ProfileScreen.Suspects([[(0, 5)], [(0, 5)]], 1));
        Assert.All(ProfileScreen.Suspects([.. Enumerable.Repeat(Array.Empty<(int, double)>(), 20)], 5), Assert.False);
        // Where nobody has rated much, there is nothing to hold anybody against.
        Assert.All(ProfileScreen.Suspects([.. Enumerable.Repeat<(int, double)[]>([(0, 5)], 50)], 5), Assert.False);
    }

    [Theory]
    [InlineData(0, 10, 0.1, 1)]
    [InlineData(1, 2, 0.5, 0.75)]
    [InlineData(10, 10, 0.5, 0.0009765625)]
    [InlineData(3, 5, 0.2, 0.05792)]
    public void Tail_OfABinomial_IsItsProbability(int k, int n, double rate, double expected) => Assert.Equal(expected, BinomialTail.Of(k, n, rate), 1e-9);
}
