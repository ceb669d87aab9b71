using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentRec.Domain;

/// <summary>A text that may also be given as a number or truth value.</summary>
internal sealed class ScalarTextConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ScalarText.Read(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
