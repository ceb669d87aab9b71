using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Dialogue;

/// <summary>All questions that could be asked about a window: one for each facet, and comparisons of two items.</summary>
public static class QuestionCandidates
{
    /// <summary>Makes them. Their ids are empty: who asks gives one.</summary>
    /// <param name="facets">The catalogue.</param>
    /// <param name="window">The items with their weights, the greatest first.</param>
    /// <param name="asked">What the session has asked already; none of it is asked again.</param>
    /// <param name="terms">The terms.</param>
    /// <returns>The questions, those about facets first, in an order that follows from the arguments alone.</returns>
    public static ImmutableArray<Question> Of(IFacetSource facets, ImmutableArray<WeightedItem> window, ImmutableArray<Question> asked, AskTerms terms)
    {
        var columns = FacetColumns.Of(facets, window, terms.Facets);
        return
        [
            .. columns.Select(column => FacetQuestions.Of(column, window, [.. asked.Where(one => one.ItemIds is null && Is(one.Facet, column.Facet))], terms.Options)).OfType<Question>(),
            .. PairQuestions.Of(facets, columns, window, [.. asked.Where(one => one.ItemIds is not null)]),
        ];
    }

    private static bool Is(string? facet, string other) => string.Equals(facet, other, StringComparison.Ordinal);
}
