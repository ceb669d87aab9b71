using AgentRec.Domain;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Screening;

namespace AgentRec.Tests.Unit.Recommenders.Screening;

public sealed class InventedUsersTests
{
    private const int Items = 120;
    private const string Pushed = "f119";
    private static readonly DateTimeOffset Then = new(2024, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Catalogue Films = SmallData.Films(Items);

    public static TheoryData<InteractionType, double?> Pushes => new() { { InteractionType.Rate, 5 }, { InteractionType.Rate, 4.5 }, { InteractionType.Like, null }, { InteractionType.Consume, null } };

    public static TheoryData<InteractionType, double?> NoPushes => new() { { InteractionType.Rate, 4 }, { InteractionType.Dislike, null }, { InteractionType.View, null }, { InteractionType.Dismiss, null } };

    [Theory]
    [MemberData(nameof(Pushes))]
    public void Among_FiveWhoDidNothingElseThanPushAnItem_NamesThemAlone(InteractionType type, double? value) =>
        Assert.Equal(["boost-0", "boost-1", "boost-2", "boost-3", "boost-4"], Names([.. Real(), .. Boosters(5, type, value)]));

    [Theory]
    [MemberData(nameof(NoPushes))]
    public void Among_FiveWhoDidNotPraiseTheirItem_NamesNobody(InteractionType type, double? value) => Assert.Empty(Names([.. Real(), .. Boosters(5, type, value)]));

    [Fact]
    public void Among_OneWhoHasHardlyBegun_NamesNobody() => Assert.Empty(Names([.. Real(), .. Boosters(1, InteractionType.Like, null)]));

    [Fact]
    public void Among_NobodyAtAll_NamesNobody() => Assert.Empty(Names([]));

    [Fact]
    public void Among_ARatingThatWasTakenBack_CountsTheLatest()
    {
        Interaction[] all = [.. Real(), .. Boosters(5, InteractionType.Rate, 5)];
        Interaction[] takenBack = [.. all.Where(one => one.ItemId == Pushed).Select(one => one with { InteractionId = one.InteractionId + "-again", Value = 1, Timestamp = Then.AddDays(1) })];

        Assert.Empty(Names([.. all, .. takenBack]));
        Assert.Empty(Names([.. takenBack, .. all]));
    }

    [Fact]
    public void Among_AnyOrderAndItemsThatAreUnknown_NamesTheSame()
    {
        Interaction[] all = [.. Real(), .. Boosters(5, InteractionType.Like, null)];
        var random = new Random(3);

        Assert.Equal(Names(all), Names([.. all.OrderBy(_ => random.Next()), .. Real().Select(one => one with { InteractionId = one.InteractionId + "-gone", ItemId = "gone" })]));
    }

    private static string[] Names(Interaction[] interactions) => [.. InventedUsers.Among(Films, interactions).Order(StringComparer.Ordinal)];

    /// <summary>A hundred users who like ten films each of their own sort, none the film that is pushed.</summary>
    private static IEnumerable<Interaction> Real() =>
        from user in Enumerable.Range(0, 100)
        from film in Enumerable.Range(0, 10)
        select Done($"u{user}", $"f{((user % 4 * 25) + (user * 7) + (film * 3)) % 110}", InteractionType.Rate, 5, film);

    private static IEnumerable<Interaction> Boosters(int count, InteractionType type, double? value) =>
        Enumerable.Range(0, count).Select(i => Done($"boost-{i}", Pushed, type, value, 0));

    private static Interaction Done(string user, string item, InteractionType type, double? value, int number) =>
        new($"{user}-{item}-{number}", user, item, type, value, Then.AddMinutes(number));
}
