using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Language;
using AgentRec.Language.Readings;

namespace AgentRec.Grains.Sessions.Advice;

/// <summary>Brings what a language model read together with what the grammar read. The grammar's own reading is never changed.</summary>
internal static class ReadingAdvice
{
    /// <summary>What stands behind the words of a constraint that the model read from them.</summary>
    public const string Mark = " (read by the language model)";

    /// <summary>Adds advice to a reading.</summary>
    /// <param name="reading">The grammar's reading.</param>
    /// <param name="advised">The model's, which passed the check.</param>
    /// <param name="terms">The terms of the catalogue.</param>
    public static RequestReading Add(RequestReading reading, AdvisedReading advised, CatalogueTerms terms)
    {
        var unread = reading.NotUnderstood.SelectMany(part => Without(part, advised.Constraints.Select(one => one.Source!))).ToImmutableArray();
        return reading with
        {
            Constraints = [.. reading.Constraints, .. advised.Constraints.Select(one => terms.Written(one) with { Source = one.Source + Mark })],
            NotUnderstood = unread,
            Query = Query(reading, advised, unread),
        };
    }

    /// <summary>Words that became constraints are no longer looked for; where the model says what to look for, that is.</summary>
    private static string? Query(RequestReading reading, AdvisedReading advised, ImmutableArray<string> unread)
    {
        // Titles that were asked for are what the grammar is sure of.
        var titles = reading.Titles.Select(title => title.Source);
        if (advised.Search is { } search)
            return string.Join(' ', titles.Append(search));
        if (reading.Query is null || advised.Constraints.IsEmpty)
            return reading.Query;
        return string.Join(' ', unread.Where(part => reading.Query.Contains(part, StringComparison.Ordinal)).Concat(titles)) is { Length: > 0 } words ? words : null;
    }

    /// <summary>What is left of a part when words are taken out of it.</summary>
    private static IEnumerable<string> Without(string part, IEnumerable<string> words)
    {
        IEnumerable<string> left = [part];
        foreach (var taken in words.Distinct(StringComparer.Ordinal).OrderByDescending(word => word.Length))
            left = left.SelectMany(piece => piece.Split(taken, 2));
        return left.Select(piece => piece.Trim()).Where(piece => piece.Any(char.IsLetterOrDigit));
    }
}
