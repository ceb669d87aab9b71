using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Dialogue;

namespace AgentRec.Tests.Unit.Dialogue;

public sealed class QuestionTests
{
    private static readonly Catalogue Years =
        Catalogue.Create(Enumerable.Range(0, 24).Select(i => new Item($"f{i}", $"Film {i}", null, Item.NoFacets.Add(FacetNames.Year, [$"{1980 + i}"]), null)));

    [Fact]
    public void Candidates_OfAWindow_AreOneForEachFacetAndComparisons()
    {
        var candidates = DialogueWorld.Candidates();

        Assert.Equal(["genre", "minutes", "year"], candidates.Where(one => one.ItemIds is null).Select(one => one.Facet));
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
    public void Facet_WithMoreValuesThanAreOffered_OffersTheMostTellingAndNoneOfThese()
    {
        var question = QuestionCandidates.Of(DialogueWorld.Catalogue, DialogueWorld.Window, [], AskTerms.Default with { Options = 2 }).First(one => one.Facet == "genre");

        // Comedies weigh more than westerns, but some of them are dramas too.
        Assert.Equal(["Drama", "Western", Question.NoneOfThese, Question.NoPreference], question.Options.ToArray());
        var none = Assert.Single(question.Meaning(2));
        Assert.Equal(ConstraintOperator.Ne, none.Op);
        Assert.False(none.IsMetBy(["Western", "Horror"]));
        Assert.True(none.IsMetBy(["Horror"]));
    }

    [Fact]
    public void Facet_WithManyNumbers_IsAskedAboutInRangesThatEveryItemIsInOneOf()
    {
        var question = DialogueWorld.About("minutes");

        Assert.StartsWith("up to ", question.Options[0], StringComparison.Ordinal);
        Assert.StartsWith("from ", question.Options[^2], StringComparison.Ordinal);
        Assert.Equal(AskTerms.Default.Options, question.Options.Length - 1);
        for (var item = 0; item < DialogueWorld.Catalogue.Count; item++)
        {
            var values = DialogueWorld.Catalogue.Values(item, "minutes");
            Assert.Single(Enumerable.Range(0, question.Options.Length - 1), option => question.Meaning(option).All(wish => wish.IsMetBy(values)));
        }
    }

    [Fact]
    public void Facet_ThatWasAskedAbout_IsAskedAboutOnceMoreWhereThatLeavesSomethingOpen()
    {
        var few = AskTerms.Default with { Options = 2 };
        var candidates = QuestionCandidates.Of(DialogueWorld.Catalogue, DialogueWorld.Window, [], few);
        ImmutableArray<Question> asked = [.. candidates.Where(one => one.ItemIds is null)];

        var again = QuestionCandidates.Of(DialogueWorld.Catalogue, DialogueWorld.Window, asked, few).Where(one => one.ItemIds is null).ToArray();

        // Films are of several genres, and ranges of minutes can be narrowed; a film is of one year, and all there are were offered.
        Assert.Equal(["genre", "minutes"], again.Select(one => one.Facet));
        Assert.Empty(again[0].Options.SkipLast(1).Intersect(asked[0].Options.SkipLast(2)));
        Assert.NotEqual(asked[1].Text, again[1].Text);
        Assert.DoesNotContain(QuestionCandidates.Of(DialogueWorld.Catalogue, DialogueWorld.Window, [.. asked, .. again], few), one => one.ItemIds is null);
    }

    [Fact]
    public void Years_AreAskedAboutInRangesThatWeighTheSame_AndMoreCloselyOnceOneStandsOut()
    {
        ImmutableArray<WeightedItem> window = [.. Enumerable.Range(0, 24).Select(i => new WeightedItem(i, 1))];
        var years = Assert.Single(QuestionCandidates.Of(Years, window, [], AskTerms.Default));
        Assert.Equal(["up to 1983", "1984 to 1987", "1988 to 1991", "1992 to 1995", "1996 to 1999", "from 2000", Question.NoPreference], years.Options.ToArray());

        ImmutableArray<WeightedItem> nineties = [.. window.Select(item => item with { Weight = item.Handle is >= 12 and < 16 ? 1 : 0.001 })];
        var closer = Assert.Single(QuestionCandidates.Of(Years, nineties, [years], AskTerms.Default));

        Assert.Equal(["up to 1991", "1992", "1993", "1994", "1995", "from 1996", Question.NoPreference], closer.Options.ToArray());
        Assert.Equal(["1993", "1994"], closer.Meaning(2).Select(bound => bound.Values[0]));
    }

    [Fact]
    public void Decades_AreAskedAboutWhereTheyAreNamed()
    {
        ImmutableArray<WeightedItem> window = [.. Enumerable.Range(0, 24).Select(i => new WeightedItem(i, 1))];

        var decade = Assert.Single(QuestionCandidates.Of(Years, window, [], AskTerms.Default with { Facets = [FacetNames.Decade] }));

        Assert.Equal(["1980s", "1990s", "2000s", Question.NoPreference], decade.Options.ToArray());
    }

    [Fact]
    public void Ranges_OfNumbersThatManyShare_AreAsEvenAsTheNumbersAllow()
    {
        // Half of all are of one number: the others share the ranges that are left.
        var catalogue = Catalogue.Create(Enumerable.Range(0, 40).Select(i => new Item($"f{i}", $"Film {i}", null, Item.NoFacets.Add(FacetNames.Year, [$"{(i < 20 ? 1990 : 1981 + i - 20)}"]), null)));

        var question = Assert.Single(QuestionCandidates.Of(catalogue, [.. Enumerable.Range(0, 40).Select(i => new WeightedItem(i, 1))], [], AskTerms.Default));

        Assert.Equal(["up to 1984", "1985 to 1989", "1990", "1991 to 1993", "1994 to 1996", "from 1997", Question.NoPreference], question.Options.ToArray());
    }

    [Fact]
    public void Values_OfAFacetThatItemsHaveSeveralOf_AreThoseThatTellMost()
    {
        // Everything is a film, half of it is old, and each is of one kind of four: that it is a film says nothing, however often it stands there.
        var catalogue = Catalogue.Create(Enumerable.Range(0, 16).Select(i => new Item(
            $"f{i}", $"F {i}", null, Item.NoFacets.Add("tag", i % 8 < 4 ? ["film", "old", $"kind {i % 4}"] : ["film", $"kind {i % 4}"]), null)));
        ImmutableArray<WeightedItem> window = [.. Enumerable.Range(0, 16).Select(i => new WeightedItem(i, 1))];

        var question = QuestionCandidates.Of(catalogue, window, [], AskTerms.Default with { Options = 4 }).First(one => one.ItemIds is null);

        Assert.Equal(["old", "kind 0", "kind 1", "kind 2", Question.NoneOfThese, Question.NoPreference], question.Options.ToArray());
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
