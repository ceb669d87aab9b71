using AgentRec.Domain;
using AgentRec.Grains.Reasons;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Tests.Unit.Reasons;

/// <summary>The most telling of what two items share.</summary>
public sealed class SharedPathsTests
{
    [Fact]
    public void Find_DirectorLicenceGenreAndYearShared_NamesTheDirector()
    {
        var catalogue = Films(
            Film("new", ("director", "Mann"), ("licence", "Rare"), ("genre", "Crime"), ("year", "1995")),
            Film("own", ("director", "Mann"), ("licence", "Rare"), ("genre", "Crime"), ("year", "1995")));

        Assert.Equal(new SharedPath(1, "director", "Mann"), new SharedPaths(catalogue, Deeds(catalogue, ("own", 5))).Find(0));
    }

    [Fact]
    public void Find_RareValueOfAFacetThatHardlyTellsItemsApart_PrefersTheGenre()
    {
        var catalogue = Films(Film("new", ("licence", "Rare"), ("genre", "Crime")), Film("own", ("licence", "Rare"), ("genre", "Crime")));

        Assert.Equal("genre", new SharedPaths(catalogue, Deeds(catalogue, ("own", 5))).Find(0)!.Facet);
    }

    [Fact]
    public void Find_SeveralOwnItems_NamesTheHighestRatedAndOfThoseTheNewest()
    {
        var catalogue = Films(
            Film("new", ("director", "Mann")), Film("a", ("director", "Mann")), Film("b", ("director", "Mann")), Film("c", ("director", "Mann")), Film("d", ("director", "Mann")));

        Assert.Equal(3, new SharedPaths(catalogue, Deeds(catalogue, ("a", 4.5), ("b", 5), ("c", 5), ("d", 4))).Find(0)!.Own);
    }

    [Fact]
    public void Find_OwnItemReceivedBadly_IsNoPath()
    {
        var catalogue = Films(Film("new", ("director", "Mann")), Film("own", ("director", "Mann")));

        Assert.Null(new SharedPaths(catalogue, Deeds(catalogue, ("own", 2))).Find(0));
    }

    [Fact]
    public void Find_OnlyNumbersDerivedNamesAndCommonplacesShared_IsNoPath()
    {
        var catalogue = Films(
            Film("new", ("year", "1995"), ("stratum", "gold"), ("item", "x"), ("maker|brand", "Y"), ("licence", "Common")),
            Film("own", ("year", "1995"), ("stratum", "gold"), ("item", "x"), ("maker|brand", "Y"), ("licence", "Common")));

        Assert.Null(new SharedPaths(catalogue, Deeds(catalogue, ("own", 5))).Find(0));
    }

    [Fact]
    public void Shared_InWords_NamesTheFacetTheOwnItemItsRatingAndTheValue()
    {
        var catalogue = Films(Film("new", ("creativeType", "Noir")), Film("own", ("creativeType", "Noir")));
        var wording = new Wording(catalogue, Deeds(catalogue, ("own", 4.5)));

        Assert.Equal("Same creative type as Film own, which you gave 4.5 of 5: Noir.", wording.Shared(1, "creativeType", "Noir"));
        Assert.Null(wording.Shared(0, "creativeType", "Noir"));
    }

    /// <summary>The given films, and a thousand more that mostly have a licence in common.</summary>
    private static Catalogue Films(params Item[] films) => Catalogue.Create(
    [
        .. films,
        .. Enumerable.Range(0, 1_000).Select(i => Film($"other{i}", ("licence", i < 900 ? "Common" : "Uncommon"), ("genre", i % 3 == 0 ? "Crime" : "Drama"), ("director", $"Nobody {i / 2}"))),
    ]);

    private static Item Film(string id, params (string Facet, string Value)[] facets) => new(
        id, $"Film {id}", null, facets.Aggregate(Item.NoFacets, (all, one) => all.Add(one.Facet, [one.Value])), null);

    private static OwnDeeds Deeds(Catalogue catalogue, params (string Item, double Rating)[] ratings)
    {
        var memory = UserMemory.Restore(MemorySnapshot.Empty);
        foreach (var (item, rating) in ratings)
        {
            memory.Apply(
                new LoggedEvent(memory.Sequence + 1, DateTimeOffset.UnixEpoch.AddDays(memory.Sequence), new InteractionRecorded(new Interaction($"i-{item}", "u", item, InteractionType.Rate, rating, null))),
                catalogue);
        }
        return OwnDeeds.Of(memory);
    }
}
