using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentRec.Domain;

/// <summary>Named values in ordinal order of their names, whatever the order they came in: the same content has one form.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
internal sealed class OrdinalDictionaryConverter<T> : JsonConverter<ImmutableSortedDictionary<string, T>>
    where T : notnull
{
    /// <inheritdoc/>
    public override ImmutableSortedDictionary<string, T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
            throw new JsonException("An object of named values was expected.");
        var converter = (JsonConverter<T>)options.GetConverter(typeof(T));
        var entries = ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType is JsonTokenType.Null)
                throw new JsonException($"'{name}' must not be null.");
            if (!entries.TryAdd(name, converter.Read(ref reader, typeof(T), options)!))
                throw new JsonException($"'{name}' is given twice.");
        }
        return entries.ToImmutable();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<string, T> value, JsonSerializerOptions options)
    {
        var converter = (JsonConverter<T>)options.GetConverter(typeof(T));
        writer.WriteStartObject();
        foreach (var (name, entry) in value)
        {
            writer.WritePropertyName(name);
            converter.Write(writer, entry, options);
        }
        writer.WriteEndObject();
    }
}
