using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Planning.Wishes;
using AgentRec.Recommenders;

namespace AgentRec.Tests.Unit.Planning;

public sealed class WishTests
{
    private static readonly Catalogue Films = Catalogue.Create(
        new[] { "1990", "2010", "2010", "x", "1950" }.Select((year, i) => new Item($"i{i}", $"Film {i}", null, Item.NoFacets.Add("year", [year]), null)));

    [Fact]
    public void Order_OfAFacet_AnswersFirstItemsFullyAndEqualOnesEqually()
    {
        var down = FacetOrder.Of(Films, new OrderingWish("year", IsDescending: true), [0, 1, 2, 3, 4], 10, seed: 7);
        var up = FacetOrder.Of(Films, new OrderingWish("year", IsDescending: false), [0, 1, 2, 3, 4], 2, seed: 7);

        Assert.Equal([1, 1, 0.75, 0.625], down.Select(match => match.Similarity));
        Assert.Equal([1, 2], down.Take(2).Select(match => match.Handle).Order());
        Assert.Equal([0, 4], down.Skip(2).Select(match => match.Handle));
        Assert.Equal([new Match(4, 1), new Match(0, 0.75)], up.AsEnumerable());
        Assert.Empty(FacetOrder.Of(Films, new OrderingWish("pages", IsDescending: true), [0, 1], 10, seed: 7));
    }

    [Fact]
    public void Blend_OfAnswers_PutsWhatAnswersAllBeforeWhatAnswersOne()
    {
        ImmutableArray<Match> one = [new(0, 1), new(1, 0.5)];
        ImmutableArray<Match> other = [new(1, 1), new(2, 0.5)];

        Assert.Equal([new Match(1, 0.75), new Match(0, 0.5), new Match(2, 0.25)], MatchBlend.Of([one, other], 10, seed: 1).AsEnumerable());
        Assert.Equal([new Match(1, 0.75)], MatchBlend.Of([one, other], 1, seed: 1).AsEnumerable());
        Assert.Empty(MatchBlend.Of([], 10, seed: 1));
    }
}
