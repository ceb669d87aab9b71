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
            Sought = [.. Sought(reading, advised, unread)],
        };
    }

    /// <summary>Words that became constraints are no longer looked for; where the model says what to look for, that is.</summary>
    private static IEnumerable<Sought> Sought(RequestReading reading, AdvisedReading advised, ImmutableArray<string> unread)
    {
        // Titles that were asked for are what the grammar is sure of.
        var titles = reading.Sought.Where(one => reading.Titles.Any(title => string.Equals(title.Source, one.Source, StringComparison.Ordinal)));
        return advised.Search is { } search
            ? titles.Append(new Sought(search, search))
            : reading.Sought.Where(one => titles.Contains(one) || unread.Any(part => HasWord(part, one.Source)));
    }

    private static bool HasWord(string part, string word)
    {
        for (var at = part.IndexOf(word, StringComparison.Ordinal); at >= 0; at = part.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if ((at == 0 || !char.IsLetterOrDigit(part[at - 1])) && (at + word.Length == part.Length || !char.IsLetterOrDigit(part[at + word.Length])))
                return true;
        }
        return false;
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
