using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Dialogue;

namespace AgentRec.Tests.Unit.Dialogue;

/// <summary>Twenty-four films: of four genres, some of two, of three decades, and of all running times.</summary>
internal static class DialogueWorld
{
    private static readonly string[] Genres = ["Comedy", "Drama", "Horror", "Western"];

    public static Catalogue Catalogue { get; } = Catalogue.Create(Enumerable.Range(0, 24).Select(i => new Item(
        $"f{i}", $"Film {(char)('A' + i)} ({1970 + (i % 3 * 10)})", null,
        Item.NoFacets
            .Add(FacetNames.Genre, i % 5 == 0 ? [Genres[i % 4], Genres[(i + 1) % 4]] : [Genres[i % 4]])
            .Add(FacetNames.Year, [$"{1970 + (i % 3 * 10)}"])
            .Add("minutes", [$"{80 + (i * 3)}"]),
        null)));

    public static ImmutableArray<WeightedItem> Window { get; } = [.. Enumerable.Range(0, 24).Select(i => new WeightedItem(i, 1.0 / (i + 1)))];

    public static ImmutableArray<Question> Candidates(params ImmutableArray<Question> asked) => QuestionCandidates.Of(Catalogue, Window, asked, AskTerms.Default);

    public static Question About(string facet, params ImmutableArray<Question> asked) => Candidates(asked).First(question => question.Facet == facet && question.ItemIds is null);
}
