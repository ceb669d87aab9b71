using System.Globalization;
using System.Text.Json;

namespace AgentRec.Domain;

/// <summary>Reads a string, number or truth value as text: facet values are text, whatever JSON they came in.</summary>
internal static class ScalarText
{
    /// <summary>Reads the token at hand.</summary>
    /// <param name="reader">The reader, on the value.</param>
    /// <returns>The text; numbers in invariant form.</returns>
    /// <exception cref="JsonException">The token is something else, or a number beyond a double's range.</exception>
    public static string Read(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number when reader.TryGetInt64(out var integer) => integer.ToString(CultureInfo.InvariantCulture),
        JsonTokenType.Number when reader.TryGetDouble(out var number) && double.IsFinite(number) => number.ToString(CultureInfo.InvariantCulture),
        JsonTokenType.Number => throw new JsonException("The number is beyond the range of a double."),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => throw new JsonException("A text, a number or a truth value was expected."),
    };
}
