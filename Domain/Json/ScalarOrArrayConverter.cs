using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentRec.Domain;

/// <summary>At least one value: a scalar, or an array of scalars. A single value is written as a scalar.</summary>
internal sealed class ScalarOrArrayConverter : JsonConverter<ImmutableArray<string>>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override ImmutableArray<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var values = ReadValues(ref reader);
        return values.IsEmpty ? throw new JsonException("At least one value was expected.") : values;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ImmutableArray<string> value, JsonSerializerOptions options) => WriteValues(writer, value);

    /// <summary>Reads a scalar as one value, an array as its values.</summary>
    /// <param name="reader">The reader, on the value.</param>
    internal static ImmutableArray<string> ReadValues(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
            return [ScalarText.Read(ref reader)];
        var values = ImmutableArray.CreateBuilder<string>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            values.Add(ScalarText.Read(ref reader));
        return values.DrainToImmutable();
    }

    /// <summary>Writes one value as a scalar, several as an array.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="values">The values.</param>
    internal static void WriteValues(Utf8JsonWriter writer, ImmutableArray<string> values)
    {
        if (values.Length == 1)
        {
            writer.WriteStringValue(values[0]);
            return;
        }
        writer.WriteStartArray();
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
