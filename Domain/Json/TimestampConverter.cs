using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentRec.Domain;

/// <summary>
/// Moments as ISO 8601 in UTC; on input also with an offset (without one, UTC is meant) or as Unix seconds. Moments are kept to
/// the millisecond everywhere, so that what was stored equals what was sent.
/// </summary>
internal sealed class TimestampConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'";

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.Number)
        {
            return reader.TryGetDouble(out var seconds) && Timestamps.FromUnixSeconds(seconds) is { } moment
                ? moment
                : throw new JsonException("The number is beyond the range of Unix seconds; milliseconds are not understood.");
        }
        if (reader.TokenType is JsonTokenType.String && Timestamps.Parse(reader.GetString()!) is { } parsed)
            return parsed;
        throw new JsonException("A moment was expected: ISO 8601 such as 2024-05-01T18:30:00Z, or Unix seconds.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
}
