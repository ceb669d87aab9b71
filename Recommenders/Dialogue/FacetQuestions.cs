using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Dialogue;

/// <summary>Questions about one facet: the values that weigh most, or tell most where items have several, or ranges of numbers are offered.</summary>
internal static class FacetQuestions
{
    /// <summary>How often a facet is asked about in a session.</summary>
    private const int GreatestTimes = 2;

    /// <summary>Makes the next question about a facet.</summary>
    /// <param name="column">The facet.</param>
    /// <param name="window">The window that the column shows.</param>
    /// <param name="asked">What was asked about the facet already.</param>
    /// <param name="options">The greatest number of values offered.</param>
    /// <returns>Null where there is nothing to choose from, or nothing left to ask.</returns>
    public static Question? Of(FacetColumn column, ImmutableArray<WeightedItem> window, ImmutableArray<Question> asked, int options)
    {
        // Items may be of several genres, and ranges can be narrowed, but a decade is a decade: it leaves nothing to ask.
        if (asked.Length >= GreatestTimes || (!asked.IsEmpty && !column.IsNumeric && !column.IsSeveralValued))
            return null;
        return column.IsNumeric ? Ranges(column, window, asked, options) : Named(column, window, asked, options);
    }

    private static Question? Named(FacetColumn column, ImmutableArray<WeightedItem> window, ImmutableArray<Question> asked, int options)
    {
        var offered = asked.SelectMany(one => one.Options).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var weights = new SortedDictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < window.Length; i++)
        {
            foreach (var value in column.Values[i])
                weights[value] = weights.GetValueOrDefault(value) + window[i].Weight;
        }
        string[] values =
        [
            .. weights.Where(value => value.Value > 0 && !offered.Contains(value.Key) && !IsReserved(value.Key))
                .OrderByDescending(value => value.Value).ThenBy(value => value.Key, StringComparer.Ordinal)
                .Select(value => value.Key),
        ];
        values = column.IsSeveralValued ? TellingValues.Of(column, window, values, options) : [.. values.Take(options)];
        if (values.Length < 2)
            return null;
        var text = asked.IsEmpty ? QuestionTexts.Facet(column.Facet) : QuestionTexts.FacetAgain(column.Facet);
        var meanings = values.Select(value => new OptionMeaning(value, [Wish(column.Facet, ConstraintOperator.Eq, [value], text, value)])).ToList();
        var isComplete = column.Values.All(own => own.Any(value => values.Contains(value, StringComparer.OrdinalIgnoreCase)));
        if (!isComplete)
            meanings.Add(new OptionMeaning(Question.NoneOfThese, [Wish(column.Facet, ConstraintOperator.Ne, [.. values], text, Question.NoneOfThese)]));
        return Of(column.Facet, text, meanings);
    }

    private static Question? Ranges(FacetColumn column, ImmutableArray<WeightedItem> window, ImmutableArray<Question> asked, int options)
    {
        var bands = NumericBands.Of(column, window, options);
        if (bands.Length < 2)
            return null;
        var text = asked.IsEmpty ? QuestionTexts.Facet(column.Facet) : QuestionTexts.Closer(column.Facet);
        return Of(column.Facet, text, [.. bands.Select(band => new OptionMeaning(band.Text, band.Constraints(column.Facet, QuestionTexts.Source(text, band.Text))))]);
    }

    private static Question Of(string facet, string text, List<OptionMeaning> meanings)
    {
        meanings.Add(new OptionMeaning(Question.NoPreference, []));
        return new Question("", text, [.. meanings.Select(meaning => meaning.Option)], facet, null, [.. meanings]);
    }

    private static Constraint Wish(string facet, ConstraintOperator op, ImmutableArray<string> values, string text, string option) =>
        new(facet, op, values, ConstraintStrength.Soft, QuestionTexts.Source(text, option));

    /// <summary>True for a text that cannot be an option, or would be taken for another one.</summary>
    public static bool IsReserved(string value) =>
        string.Equals(value, Question.NoneOfThese, StringComparison.OrdinalIgnoreCase) || string.Equals(value, Question.NoPreference, StringComparison.OrdinalIgnoreCase)
        || value.Trim().Length != value.Length || value.Length == 0;
}
