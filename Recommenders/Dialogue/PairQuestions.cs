using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Dialogue;

/// <summary>
/// Comparisons of two items that weigh much: a way to ask about a facet by example. Preferring one means to prefer what it has of the
/// facet and the other lacks.
/// </summary>
internal static class PairQuestions
{
    /// <summary>How many of the items that weigh most are compared, each with each.</summary>
    private const int Compared = 8;

    /// <summary>Makes the comparisons.</summary>
    /// <param name="facets">The catalogue.</param>
    /// <param name="columns">The facets that may be asked about.</param>
    /// <param name="window">The items with their weights, the greatest first.</param>
    /// <param name="asked">Comparisons that were made already.</param>
    public static IEnumerable<Question> Of(IFacetSource facets, ImmutableArray<FacetColumn> columns, ImmutableArray<WeightedItem> window, ImmutableArray<Question> asked)
    {
        // One contrast has to be plain: the facet of which items have several values, and most items have any.
        var column = columns.FirstOrDefault(one => one.IsSeveralValued && !one.IsNumeric);
        if (column is null)
            yield break;
        var known = asked.SelectMany(one => one.ItemIds!.Value).ToHashSet(StringComparer.Ordinal);
        int[] compared = [.. Enumerable.Range(0, window.Length).Where(i => !known.Contains(facets.Item(window[i].Handle).ItemId)).Take(Compared)];
        for (var i = 0; i < compared.Length; i++)
        {
            for (var j = i + 1; j < compared.Length; j++)
            {
                if (Compare(facets.Item(window[compared[i]].Handle), facets.Item(window[compared[j]].Handle), column.Facet, column.Values[compared[i]], column.Values[compared[j]]) is { } question)
                    yield return question;
            }
        }
    }

    private static Question? Compare(Item one, Item other, string facet, ImmutableArray<string> values, ImmutableArray<string> others)
    {
        ImmutableArray<string> own = [.. values.Except(others, StringComparer.OrdinalIgnoreCase)];
        ImmutableArray<string> its = [.. others.Except(values, StringComparer.OrdinalIgnoreCase)];
        if (own.IsEmpty || its.IsEmpty || string.Equals(one.Title, other.Title, StringComparison.OrdinalIgnoreCase)
            || FacetQuestions.IsReserved(one.Title) || FacetQuestions.IsReserved(other.Title))
            return null;
        var text = QuestionTexts.Pair(one.Title, other.Title);
        ImmutableArray<OptionMeaning> meanings = [Meaning(one, own), Meaning(other, its), new(Question.NoPreference, [])];
        return new Question("", text, [.. meanings.Select(meaning => meaning.Option)], facet, [one.ItemId, other.ItemId], meanings);

        OptionMeaning Meaning(Item item, ImmutableArray<string> wanted) =>
            new(item.Title, [new Constraint(facet, ConstraintOperator.In, wanted, ConstraintStrength.Soft, QuestionTexts.Source(text, item.Title))]);
    }
}
