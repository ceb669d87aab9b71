using System.Collections.Frozen;
using System.Collections.Immutable;

namespace AgentRec.Language.Text;

/// <summary>
/// Finds known words within one edit of a misspelt one: a letter too many, too few, another, or two that changed places. Words are
/// indexed by what is left when one letter is taken out (W. Garbe's symmetric deletes), so that a look-up costs the word's length.
/// </summary>
internal sealed class Spelling
{
    /// <summary>Shorter words have too many neighbours.</summary>
    public const int ShortestWord = 5;

    /// <summary>Longer ones are no words.</summary>
    public const int LongestWord = 40;

    private readonly FrozenDictionary<string, ImmutableArray<string>> _byRemainder;

    /// <summary>Indexes words.</summary>
    /// <param name="words">The words, each once.</param>
    public Spelling(IEnumerable<string> words)
    {
        var byRemainder = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var word in words.Where(IsCorrectable).Order(StringComparer.Ordinal))
        {
            foreach (var remainder in Remainders(word).Append(word).Distinct(StringComparer.Ordinal))
            {
                if (!byRemainder.TryGetValue(remainder, out var sharing))
                    byRemainder[remainder] = sharing = [];
                sharing.Add(word);
            }
        }
        _byRemainder = byRemainder.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.ToImmutableArray(), StringComparer.Ordinal);
    }

    /// <summary>The words that one edit away are.</summary>
    /// <param name="misspelt">The word.</param>
    /// <returns>In ordinal order; none for words that are too short or too long.</returns>
    public IEnumerable<string> Near(string misspelt) => !IsCorrectable(misspelt)
        ? []
        : Remainders(misspelt).Append(misspelt).Distinct(StringComparer.Ordinal)
            .SelectMany(remainder => _byRemainder.GetValueOrDefault(remainder, []))
            .Distinct(StringComparer.Ordinal)
            .Where(word => IsOneEdit(misspelt, word))
            .Order(StringComparer.Ordinal);

    private static bool IsCorrectable(string word) => word.Length is >= ShortestWord and <= LongestWord && !char.IsAsciiDigit(word[0]);

    private static IEnumerable<string> Remainders(string word) => Enumerable.Range(0, word.Length).Select(place => word.Remove(place, 1));

    /// <summary>True when one insertion, deletion, replacement or transposition makes the one of the other.</summary>
    /// <param name="one">A word.</param>
    /// <param name="other">Another.</param>
    internal static bool IsOneEdit(string one, string other)
    {
        var same = 0;
        while (same < one.Length && same < other.Length && one[same] == other[same])
            same++;
        var rest = one.AsSpan(same);
        var restOfOther = other.AsSpan(same);
        if (rest.Length == restOfOther.Length)
        {
            return rest.Length > 0 && (rest[1..].SequenceEqual(restOfOther[1..])
                || (rest.Length > 1 && rest[0] == restOfOther[1] && rest[1] == restOfOther[0] && rest[2..].SequenceEqual(restOfOther[2..])));
        }
        return rest.Length == restOfOther.Length + 1 ? rest[1..].SequenceEqual(restOfOther)
            : restOfOther.Length == rest.Length + 1 && restOfOther[1..].SequenceEqual(rest);
    }
}
