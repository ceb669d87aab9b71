using System.Collections.Frozen;

namespace AgentRec.Language.Text;

/// <summary>Letters as they compare: lower case, without accents.</summary>
internal static class Letters
{
    // Unicode decomposition is not at hand under invariant globalisation: these are the accented letters of European titles.
    private static readonly FrozenDictionary<char, string> Plain = new (string Accented, string Letters)[]
    {
        ("àáâãäåāăą", "a"), ("çćĉċč", "c"), ("ďđð", "d"), ("èéêëēĕėęě", "e"), ("ĝğġģ", "g"), ("ĥħ", "h"), ("ìíîïĩīĭįı", "i"),
        ("ĵ", "j"), ("ķ", "k"), ("ĺļľŀł", "l"), ("ñńņňŋ", "n"), ("òóôõöøōŏő", "o"), ("ŕŗř", "r"), ("śŝşšș", "s"), ("ţťŧț", "t"),
        ("ùúûüũūŭůűų", "u"), ("ŵ", "w"), ("ýÿŷ", "y"), ("źżž", "z"), ("æ", "ae"), ("œ", "oe"), ("ß", "ss"), ("þ", "th"),
    }.SelectMany(entry => entry.Accented.Select(accented => KeyValuePair.Create(accented, entry.Letters))).ToFrozenDictionary();

    /// <summary>The letters that stand for a character in comparisons.</summary>
    /// <param name="unit">The character.</param>
    /// <returns>None for what is no letter.</returns>
    public static string Of(char unit)
    {
        var small = char.ToLowerInvariant(unit);
        if (small is >= 'a' and <= 'z')
            return Ascii[small - 'a'];
        if (Plain.TryGetValue(small, out var letters))
            return letters;
        return char.IsLetter(small) ? small.ToString() : "";
    }

    /// <summary>True for what stands inside a word without being part of it: apostrophes, and accents that are marks of their own.</summary>
    /// <param name="unit">The character.</param>
    public static bool IsSilent(char unit) => unit is '\'' or '’' or '‘' or (>= '\u0300' and <= '\u036F');

    private static readonly string[] Ascii = [.. Enumerable.Range('a', 26).Select(letter => ((char)letter).ToString())];
}
