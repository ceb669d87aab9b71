using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace AgentRec.Language.Text;

/// <summary>Cuts a text into words, numbers and the few marks that mean something; everything else is passed over.</summary>
internal static class WordScanner
{
    /// <summary>A number with more digits is no number that anybody means.</summary>
    private const int GreatestDigits = 15;

    /// <summary>Scans.</summary>
    /// <param name="text">Any text.</param>
    public static ImmutableArray<Word> Scan(string text)
    {
        var words = ImmutableArray.CreateBuilder<Word>();
        for (var place = 0; place < text.Length;)
        {
            var end = char.IsAsciiDigit(text[place]) ? NumberEnd(text, place) : Letters.Of(text[place]).Length > 0 ? WordEnd(text, place) : place + 1;
            var isGlued = words is [.., var last] && IsJoined(text, last.End, place);
            if (char.IsAsciiDigit(text[place]))
                words.Add(NumberOf(text, place, end, isGlued));
            else if (Letters.Of(text[place]).Length > 0)
                words.Add(WordOf(text, place, end, isGlued));
            else if (MarkOf(text, place) is { } kind)
                words.Add(new Word(kind, text[place].ToString(), text[place].ToString(), place, end, double.NaN, isGlued));
            place = end;
        }
        return words.DrainToImmutable();
    }

    private static bool IsJoined(string text, int from, int to)
    {
        for (var place = from; place < to; place++)
        {
            if (!Letters.IsSilent(text[place]))
                return false;
        }
        return true;
    }

    private static int WordEnd(string text, int place)
    {
        while (place < text.Length && (Letters.Of(text[place]).Length > 0 || char.IsAsciiDigit(text[place]) || IsInside(text, place)))
            place++;
        return place;
    }

    private static bool IsInside(string text, int place) =>
        Letters.IsSilent(text[place]) && (text[place] >= '\u0300' && text[place] <= '\u036F' || (place + 1 < text.Length && Letters.Of(text[place + 1]).Length > 0));

    private static Word WordOf(string text, int place, int end, bool isGlued)
    {
        var letters = new StringBuilder(end - place);
        for (var at = place; at < end; at++)
        {
            if (char.IsAsciiDigit(text[at]))
                letters.Append(text[at]);
            else
                letters.Append(Letters.Of(text[at]));
        }
        var word = letters.ToString();
        return new Word(WordKind.Word, word, WordForms.Stem(word), place, end, double.NaN, isGlued);
    }

    /// <summary>Digits, with thousands set apart by commas and decimals by a full stop.</summary>
    private static int NumberEnd(string text, int place)
    {
        var end = DigitsEnd(text, place);
        while (end < text.Length && text[end] == ',' && end - place is >= 1 && DigitsEnd(text, end + 1) == end + 4)
            end += 4;
        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
            end = DigitsEnd(text, end + 1);
        return end;
    }

    private static int DigitsEnd(string text, int place)
    {
        while (place < text.Length && char.IsAsciiDigit(text[place]))
            place++;
        return place;
    }

    private static Word NumberOf(string text, int place, int end, bool isGlued)
    {
        var digits = text[place..end].Replace(",", "", StringComparison.Ordinal);
        var number = digits.Length <= GreatestDigits ? double.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : double.NaN;
        return new Word(WordKind.Number, digits, digits, place, end, number, isGlued);
    }

    private static WordKind? MarkOf(string text, int place) => text[place] switch
    {
        ',' or '.' or ';' or ':' or '!' or '?' or '\n' or '\r' or '(' or ')' or '[' or ']' or '{' or '}' or '—' => WordKind.Separator,
        '$' or '€' or '£' or '¥' or '₹' => WordKind.Currency,
        '#' => WordKind.Hash,
        '-' or '–' when IsBetweenNumbers(text, place) => WordKind.Dash,
        _ => null,
    };

    private static bool IsBetweenNumbers(string text, int place)
    {
        var (before, after) = (place - 1, place + 1);
        if (before >= 0 && text[before] == ' ')
            before--;
        if (after < text.Length && text[after] == ' ')
            after++;
        return before >= 0 && after < text.Length && char.IsAsciiDigit(text[before]) && (char.IsAsciiDigit(text[after]) || MarkOf(text, after) is WordKind.Currency);
    }
}
