using System.Globalization;
using System.Text;

namespace AgentRec.Qdrant;

/// <summary>
/// How facets lie in payloads: <c>words.genre</c> holds all values in upper case, compared as a whole, and <c>numbers.year</c> those
/// that are numbers. A key of a payload is a path, and facets are named as their owner likes: what is no letter, digit or '-' of
/// ASCII becomes <c>_</c> with four hexadecimal digits.
/// </summary>
internal static class FacetKeys
{
    /// <summary>The path of a facet's values.</summary>
    public static string Words(string facet) => $"words.{Key(facet)}";

    /// <summary>The path of those of a facet's values that are numbers.</summary>
    public static string Numbers(string facet) => $"numbers.{Key(facet)}";

    /// <summary>The last part of the paths.</summary>
    public static string Key(string facet)
    {
        var key = new StringBuilder(facet.Length);
        foreach (var unit in facet)
        {
            if (char.IsAsciiLetterOrDigit(unit) || unit is '-')
                key.Append(unit);
            else
                key.Append(CultureInfo.InvariantCulture, $"_{(int)unit:x4}");
        }
        // An empty name is a name too; no other facet's key is a lone '_'.
        return key.Length == 0 ? "_" : key.ToString();
    }

    /// <summary>The form in which values are kept and asked for, equal for what differs in case only.</summary>
    public static string Fold(string value) => value.ToUpperInvariant();
}
