using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentRec.Domain;

/// <summary>
/// Facets as an object: each a value or an array of values. Numbers and truth values are kept as text; null, an empty text and
/// an empty array say that the item lacks the facet.
/// </summary>
internal sealed class FacetsConverter : JsonConverter<ImmutableSortedDictionary<string, ImmutableArray<string>>>
{
    /// <inheritdoc/>
    public override ImmutableSortedDictionary<string, ImmutableArray<string>> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
            throw new JsonException("An object of facets was expected.");
        var facets = Item.NoFacets.ToBuilder();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (!seen.Add(name))
                throw new JsonException($"The facet '{name}' is given twice.");
            reader.Read();
            var values = Values(ref reader, name);
            if (!values.IsEmpty)
                facets.Add(name, values);
        }
        return facets.ToImmutable();
    }

    /// <inheritdoc/>
    public override void Write(
        Utf8JsonWriter writer, ImmutableSortedDictionary<string, ImmutableArray<string>> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, values) in value)
        {
            writer.WritePropertyName(name);
            ScalarOrArrayConverter.WriteValues(writer, values);
        }
        writer.WriteEndObject();
    }

    private static ImmutableArray<string> Values(ref Utf8JsonReader reader, string facet)
    {
        if (reader.TokenType is JsonTokenType.Null)
            return [];
        try
        {
            return ScalarOrArrayConverter.ReadValues(ref reader).RemoveAll(string.IsNullOrWhiteSpace);
        }
        catch (JsonException exception)
        {
            throw new JsonException($"The facet '{facet}': {exception.Message}", exception);
        }
    }
}
