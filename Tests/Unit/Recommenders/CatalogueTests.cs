using AgentRec.Domain;
using AgentRec.Recommenders;
using static AgentRec.Tests.Unit.Recommenders.SmallData;

namespace AgentRec.Tests.Unit.Recommenders;

public sealed class CatalogueTests
{
    [Fact]
    public void Extend_WithKnownAndNewItems_KeepsHandles()
    {
        var catalogue = Catalogue.Create([Film("a", "A"), Film("b", "B")]).WithPositives([3, 1]);

        var next = catalogue.Extend([Film("c", "C"), Film("a", "A again"), Film("c", "C again")]);

        Assert.Equal(["A again", "B", "C again"], next.Items.Select(item => item.Title));
        Assert.Equal([3, 1, 0], next.PositiveCounts.ToArray());
        Assert.True(next.TryHandle("c", out var handle));
        Assert.Equal(2, handle);
        Assert.Equal("A", catalogue.Item(0).Title);
    }

    [Fact]
    public void Create_WithTheSameIdTwice_NamesIt()
    {
        var problem = Assert.Throws<ArgumentException>(() => Catalogue.Create([Film("twin", "A"), Film("twin", "B")]));
        Assert.Contains("'twin'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stratum_OfTenCounts_FollowsNearestRankQuantiles()
    {
        // Over 1..10 the 0.9 quantile is the 9th value, the 0.6 quantile the 6th.
        var catalogue = Films(12).WithPositives([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0]);

        Assert.Equal(Enumerable.Repeat(Stratum.Tail, 5), Enumerable.Range(0, 5).Select(catalogue.Stratum));
        Assert.Equal(Enumerable.Repeat(Stratum.Torso, 3), Enumerable.Range(5, 3).Select(catalogue.Stratum));
        Assert.Equal([Stratum.Head, Stratum.Head, Stratum.Tail, Stratum.Tail], Enumerable.Range(8, 4).Select(catalogue.Stratum));
    }

    [Fact]
    public void Values_OfStatedAndDerivedFacets_AreThoseOfTheDomain()
    {
        var catalogue = Catalogue.Create([Film("a", "A", 1994, "Crime", "Drama"), Film("b", "B")]);

        foreach (var facet in (string[])[FacetNames.Genre, FacetNames.Year, FacetNames.FirstGenre, FacetNames.Decade, FacetNames.Stratum, FacetNames.Provider, FacetNames.Item, "provider|decade", "unheard-of|genre", "|", "unheard-of"])
        {
            for (var handle = 0; handle < catalogue.Count; handle++)
                Assert.Equal(DerivedFacets.Values(catalogue.Item(handle), catalogue.Stratum(handle), facet).ToArray(), catalogue.Values(handle, facet).ToArray());
        }
        Assert.Equal(["Crime"], catalogue.Values(0, FacetNames.FirstGenre).ToArray());
        Assert.Equal(["1990s"], catalogue.Values(0, FacetNames.Decade).ToArray());
    }

    [Fact]
    public void Values_OfAlternatives_AreThoseOfTheFirstThatTheItemHas()
    {
        var offered = Film("b", "B", 1987) with { Provider = "house" };
        var catalogue = Catalogue.Create([Film("a", "A", 1994), offered, Film("c", "C")]);

        Assert.Equal(["1990s"], catalogue.Values(0, "provider|decade").ToArray());
        Assert.Equal(["house"], catalogue.Values(1, "provider|decade").ToArray());
        Assert.Equal(["1980s"], catalogue.Values(1, "decade|provider").ToArray());
        Assert.Empty(catalogue.Values(2, "provider|decade"));
        Assert.Equal(["c"], catalogue.Values(2, "provider|decade|item").ToArray());
    }

    [Fact]
    public void Under_OtherStrata_MovesTheStratumAndNothingElse()
    {
        var catalogue = Films(12).WithPositives([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        var view = catalogue.Under(new Strata(0.5m, 0.2m));

        Assert.Equal(
            ["tail", "torso", "torso", "torso", "head", "head", "head", "head", "head", "head", "tail", "tail"],
            Enumerable.Range(0, 12).Select(handle => view.Values(handle, FacetNames.Stratum).Single()));
        Assert.Equal(["head"], view.Values(4, "provider|stratum").ToArray());
        Assert.Equal(catalogue.Values(3, FacetNames.Genre).ToArray(), view.Values(3, FacetNames.Genre).ToArray());
        Assert.Same(view, catalogue.Under(new Strata(0.50m, 0.2m)));
        Assert.Same(catalogue, view.Under(Strata.Default));
        Assert.Same(catalogue, catalogue.Under(Strata.Default));
    }

    [Fact]
    public void From_WithTiedTimes_OrdersBySeedAndNotById()
    {
        var catalogue = Films(20);
        var interactions = Enumerable.Range(0, 20).Select(i => Rated("u", $"f{i}", 5, 100)).Append(Rated("u", "f3", 5, 200)).ToArray();

        var one = UserHistory.From(catalogue, interactions, seed: 1);
        var again = UserHistory.From(catalogue, interactions.Reverse(), seed: 1);
        var other = UserHistory.From(catalogue, interactions, seed: 2);

        Assert.Equal(one.Items.ToArray(), again.Items.ToArray());
        Assert.NotEqual(one.Items.ToArray(), other.Items.ToArray());
        Assert.NotEqual(Enumerable.Range(0, 20), one.Items);
        Assert.Equal(20, one.Count);
    }

    [Fact]
    public void From_WithMixedInteractions_KeepsPositivesOldestFirst()
    {
        Interaction[] interactions = [Rated("u", "f2", 4, 30), Rated("u", "f1", 3.5, 10), Rated("u", "f0", 5, 20), Rated("u", "elsewhere", 5, 5)];

        Assert.Equal([0, 2], UserHistory.From(Films(3), interactions).Items.ToArray());
    }
}
