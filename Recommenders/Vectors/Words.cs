using System.Collections.Frozen;
using System.Text;

namespace AgentRec.Recommenders.Vectors;

/// <summary>Cuts text into words that compare: letters and digits, lower case, without accents.</summary>
internal static class Words
{
    // Unicode decomposition is not at hand under invariant globalisation: these are the accented letters of European titles.
    private static readonly FrozenDictionary<char, string> Plain = new (string Accented, string Letters)[]
    {
        ("àáâãäåāăą", "a"), ("çćĉċč", "c"), ("ďđð", "d"), ("èéêëēĕėęě", "e"), ("ĝğġģ", "g"), ("ĥħ", "h"), ("ìíîïĩīĭįı", "i"),
        ("ĵ", "j"), ("ķ", "k"), ("ĺļľŀł", "l"), ("ñńņňŋ", "n"), ("òóôõöøōŏő", "o"), ("ŕŗř", "r"), ("śŝşšș", "s"), ("ţťŧț", "t"),
        ("ùúûüũūŭůűų", "u"), ("ŵ", "w"), ("ýÿŷ", "y"), ("źżž", "z"), ("æ", "ae"), ("œ", "oe"), ("ß", "ss"), ("þ", "th"),
    }.SelectMany(entry => entry.Accented.Select(accented => KeyValuePair.Create(accented, entry.Letters))).ToFrozenDictionary();

    /// <summary>The words of a text in order, repetitions included.</summary>
    /// <param name="text">Any text.</param>
    public static List<string> Of(string? text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var unit in text ?? "")
        {
            var small = char.ToLowerInvariant(unit);
            if (Plain.TryGetValue(small, out var letters))
                word.Append(letters);
            else if (char.IsLetterOrDigit(small))
                word.Append(small);
            else if (!IsWithinWords(unit))
                Close();
        }
        Close();
        return words;

        void Close()
        {
            if (word.Length > 0)
                words.Add(word.ToString());
            word.Clear();
        }
    }

    // Apostrophes, and accents written as marks of their own.
    private static bool IsWithinWords(char unit) => unit is '\'' or '’' or (>= '\u0300' and <= '\u036F');
}
