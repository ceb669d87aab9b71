using System.Text.RegularExpressions;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Evaluation.Dialogues;

/// <summary>
/// Tells whether a reply names the item that it must not name. A simulator that lets slip what it wants makes any recommender look
/// good.
/// </summary>
public static partial class LeakCheck
{
    /// <summary>Checks a reply.</summary>
    /// <param name="reply">What was said.</param>
    /// <param name="target">The item that was wanted.</param>
    /// <returns>True when the reply holds the item's title, with or without its year, or its id as a word of its own.</returns>
    public static bool IsLeak(string reply, Item target) =>
        HoldsWords(reply, target.Title) || HoldsWords(reply, target.ItemId)
        || (TrailingYear().Replace(target.Title, "") is { Length: > 0 } title && !IsFacetValue(title, target) && HoldsWords(reply, title));

    /// <summary>A film may be called Western: then the word says no more than the genre does.</summary>
    private static bool IsFacetValue(string title, Item target) =>
        target.Facets.Values.Any(values => values.Contains(title, StringComparer.OrdinalIgnoreCase));

    private static bool HoldsWords(string text, string words)
    {
        for (var at = text.IndexOf(words, StringComparison.OrdinalIgnoreCase); at >= 0 && words.Length > 0; at = text.IndexOf(words, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + words.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(words[0]))
                && (end == text.Length || !char.IsLetterOrDigit(text[end]) || !char.IsLetterOrDigit(words[^1])))
                return true;
        }
        return false;
    }

    [GeneratedRegex(@"\s*\(\d{4}\)\s*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex TrailingYear();
}
