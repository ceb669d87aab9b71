using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AgentRec.Negotiation.Certificates;

/// <summary>
/// The JSON Canonicalization Scheme (RFC 8785) over texts and whole numbers within 2^53: no white space, members ordered by
/// the UTF-16 units of their names, only the escapes that JSON requires.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>Whole numbers beyond this are not the same in every JSON reader.</summary>
    public const long GreatestInteger = 9_007_199_254_740_991;

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(unit => (char)unit), '"', '\\']);

    private static readonly Comparer<KeyValuePair<string, CanonicalValue>> ByName =
        Comparer<KeyValuePair<string, CanonicalValue>>.Create((x, y) => string.CompareOrdinal(x.Key, y.Key));

    public static string Write(CanonicalValue value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    /// <summary>SHA-256 of a text's UTF-8 form, in lower-case hexadecimal.</summary>
    public static string Digest(string canonical) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));

    private static void Write(StringBuilder text, CanonicalValue value)
    {
        switch (value)
        {
            case CanonicalString(var content):
                WriteString(text, content);
                break;
            case CanonicalInteger(var number):
                WriteInteger(text, number);
                break;
            case CanonicalArray(var items):
                text.Append('[');
                for (var i = 0; i < items.Length; i++)
                {
                    if (i > 0)
                        text.Append(',');
                    Write(text, items[i]);
                }
                text.Append(']');
                break;
            case CanonicalObject(var members):
                WriteObject(text, members);
                break;
            default:
                throw new InvalidOperationException($"No canonical form for {value.GetType().Name}.");
        }
    }

    private static void WriteObject(StringBuilder text, ImmutableArray<KeyValuePair<string, CanonicalValue>> members)
    {
        text.Append('{');
        var first = true;
        foreach (var (name, value) in members.Sort(ByName))
        {
            if (!first)
                text.Append(',');
            first = false;
            WriteString(text, name);
            text.Append(':');
            Write(text, value);
        }
        text.Append('}');
    }

    /// <summary>Writes a whole number.</summary>
    /// <param name="text">Receives it.</param>
    /// <param name="number">The number.</param>
    public static void WriteInteger(StringBuilder text, long number)
    {
        Span<char> digits = stackalloc char[20];
        number.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        text.Append(digits[..length]);
    }

    /// <summary>Writes a text in quotes.</summary>
    /// <param name="text">Receives it.</param>
    /// <param name="content">The text.</param>
    public static void WriteString(StringBuilder text, string content)
    {
        text.Append('"');
        if (!content.AsSpan().ContainsAny(Escaped))
            text.Append(content);
        else
            WriteEscaped(text, content);
        text.Append('"');
    }

    private static void WriteEscaped(StringBuilder text, string content)
    {
        foreach (var unit in content)
        {
            _ = unit switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"),
                _ => text.Append(unit),
            };
        }
    }
}
