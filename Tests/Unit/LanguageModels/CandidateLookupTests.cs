using AgentRec.Domain;
using AgentRec.Grains.Planning;
using AgentRec.Recommenders;

namespace AgentRec.Tests.Unit.LanguageModels;

public sealed class CandidateLookupTests
{
    private static readonly Catalogue Catalogue = Catalogue.Create(Enumerable.Range(0, 40).Select(i => new Item(
        $"f{i}", i == 7 ? "The Blue Train" : $"Film {i}", null, Item.NoFacets.Add("genre", [i % 2 == 0 ? "Drama" : "Western"]).Add("country", [$"Land {i % 3}"]), null)));

    // Film 0 is no candidate.
    private readonly CandidateLookup _lookup = new([.. Enumerable.Range(1, 39)], Catalogue);

    [Fact]
    public void Search_FindsCandidatesByTitleAndFacets_TheBestFirstAndNotTooMany()
    {
        Assert.Equal("The Blue Train", _lookup.Describe(_lookup.Search("blue, western TRAIN!")[0]).Title);
        Assert.Equal(10, _lookup.Search("drama").Length);
        Assert.Empty(_lookup.Search("nothing has this"));
        Assert.Empty(_lookup.Search(""));
        Assert.Empty(_lookup.Search(new string('x', 100_000)));
        Assert.All(_lookup.Search("film 0 drama"), place => Assert.NotEqual("Film 0", _lookup.Describe(place).Title));
    }

    [Fact]
    public void Similar_FindsWhatSharesMost_AndNotItself()
    {
        var similar = _lookup.Similar(0);

        Assert.DoesNotContain(0, similar);
        Assert.Equal(10, similar.Length);
        // Every sixth film is of the same genre and country as film 1.
        Assert.Equal(["Film 13", "Film 19", "Film 25", "Film 31", "Film 37"], similar.Select(place => _lookup.Describe(place).Title).Where(title => title != "The Blue Train").Take(5));
    }
}
