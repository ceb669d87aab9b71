using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Dialogue;

namespace AgentRec.Tests.Unit.Dialogue;

public sealed class QuestionTests
{
    [Fact]
    public void Candidates_OfAWindow_AreOneForEachFacetAndComparisons()
    {
        var candidates = DialogueWorld.Candidates();

        Assert.Equal(["decade", "genre", "minutes"], candidates.Where(one => one.ItemIds is null).Select(one => one.Facet));
        Assert.NotEmpty(candidates.Where(one => one.ItemIds is not null));
        Assert.All(candidates, one =>
        {
            Assert.Equal(Question.NoPreference, one.Options[^1]);
            Assert.Equal(one.Options, one.Meanings!.Value.Select(meaning => meaning.Option));
            Assert.Equal(one.Options.Length, one.Options.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.All(one.Options.SkipLast(1).Select((_, option) => one.Meaning(option)), meaning => Assert.All(meaning, wish =>
            {
                Assert.Equal(ConstraintStrength.Soft, wish.Strength);
                Assert.StartsWith(one.Text, wish.Source, StringComparison.Ordinal);
            }));
        });
    }

    [Fact]
    public void Facet_WithMoreValuesThanAreOffered_OffersTheWeightiestAndNoneOfThese()
    {
        var question = QuestionCandidates.Of(DialogueWorld.Catalogue, DialogueWorld.Window, [], AskTerms.Default with { Options = 2 }).First(one => one.Facet == "genre");

        Assert.Equal(["Drama", "Comedy", Question.NoneOfThese, Question.NoPreference], question.Options.ToArray());
        var none = Assert.Single(question.Meaning(2));
        Assert.Equal(ConstraintOperator.Ne, none.Op);
        Assert.False(none.IsMetBy(["Comedy", "Horror"]));
        Assert.True(none.IsMetBy(["Horror"]));
    }

    [Fact]
    public void Facet_WithManyNumbers_IsAskedAboutInRangesThatEveryItemIsInOneOf()
    {
        var question = DialogueWorld.About("minutes");

        Assert.StartsWith("up to ", question.Options[0], StringComparison.Ordinal);
        Assert.StartsWith("from ", question.Options[^2], StringComparison.Ordinal);
        Assert.Equal(4, question.Options.Length - 1);
        for (var item = 0; item < DialogueWorld.Catalogue.Count; item++)
        {
            var values = DialogueWorld.Catalogue.Values(item, "minutes");
            Assert.Single(Enumerable.Range(0, question.Options.Length - 1), option => question.Meaning(option).All(wish => wish.IsMetBy(values)));
        }
    }

    [Fact]
    public void Facet_ThatWasAskedAbout_IsAskedAboutAgainOnlyWhereItemsHaveSeveralValues()
    {
        var few = AskTerms.Default with { Options = 2 };
        var candidates = QuestionCandidates.Of(DialogueWorld.Catalogue, DialogueWorld.Window, [], few);
        ImmutableArray<Question> asked = [.. candidates.Where(one => one.ItemIds is null)];

        var again = QuestionCandidates.Of(DialogueWorld.Catalogue, DialogueWorld.Window, asked, few).Where(one => one.ItemIds is null).ToArray();

        Assert.Equal("genre", Assert.Single(again).Facet);
        Assert.Empty(again[0].Options.Intersect(["Comedy", "Drama"]));
        Assert.DoesNotContain(QuestionCandidates.Of(DialogueWorld.Catalogue, DialogueWorld.Window, [.. asked, again[0]], few), one => one.ItemIds is null);
    }

    [Fact]
    public void Years_AreAskedAboutOnceADecadeStandsOut()
    {
        var catalogue = Catalogue.Create(Enumerable.Range(0, 20).Select(i => new Item($"f{i}", $"Film {i}", null, Item.NoFacets.Add(FacetNames.Year, [$"{1980 + i}"]), null)));
        ImmutableArray<WeightedItem> window = [.. Enumerable.Range(0, 20).Select(i => new WeightedItem(i, 1))];
        var decade = Assert.Single(QuestionCandidates.Of(catalogue, window, [], AskTerms.Default));
        Assert.Equal(["1980s", "1990s", Question.NoPreference], decade.Options.ToArray());

        Assert.Empty(QuestionCandidates.Of(catalogue, window, [decade], AskTerms.Default));
        ImmutableArray<WeightedItem> nineties = [.. window.Select(item => item with { Weight = item.Handle < 10 ? 0.01 : 1 })];
        var years = Assert.Single(QuestionCandidates.Of(catalogue, nineties, [decade], AskTerms.Default));

        Assert.Equal(["up to 1992", "1993 to 1994", "1995 to 1997", "from 1998", Question.NoPreference], years.Options.ToArray());
        Assert.Equal(["1993"], years.Meaning(1)[0].Values.ToArray());
    }

    [Fact]
    public void Comparison_OfTwoItems_NamesBothAndMeansWhatOneHasAndTheOtherLacks()
    {
        var question = DialogueWorld.Candidates().First(one => one.ItemIds is not null);

        Assert.Equal(question.ItemIds!.Value.Select(Title), question.Options.SkipLast(1));
        var (one, other) = (Assert.Single(question.Meaning(0)), Assert.Single(question.Meaning(1)));
        Assert.Empty(one.Values.Intersect(other.Values));
        Assert.True(one.IsMetBy(Values(question.ItemIds.Value[0])));
        Assert.False(one.IsMetBy(Values(question.ItemIds.Value[1])));

        static string Title(string id) => DialogueWorld.Catalogue.Item(Handle(id)).Title;
        static ImmutableArray<string> Values(string id) => DialogueWorld.Catalogue.Values(Handle(id), "genre");
        static int Handle(string id) => DialogueWorld.Catalogue.TryHandle(id, out var handle) ? handle : -1;
    }

    [Fact]
    public void Candidates_OfNothing_AreNone()
    {
        Assert.Empty(QuestionCandidates.Of(Catalogue.Empty, [], [], AskTerms.Default));
        var bare = Catalogue.Create([new Item("a", "A", null, Item.NoFacets, null), new Item("b", "B", null, Item.NoFacets, null)]);
        Assert.Empty(QuestionCandidates.Of(bare, [new(0, 1), new(1, 1)], [], AskTerms.Default));
    }

    [Fact]
    public void Facets_ThatMayNotBeAskedAbout_AreNot() =>
        Assert.All(
            QuestionCandidates.Of(DialogueWorld.Catalogue, DialogueWorld.Window, [], AskTerms.Default with { Facets = ["minutes"] }),
            question => Assert.Equal("minutes", question.Facet));
}
