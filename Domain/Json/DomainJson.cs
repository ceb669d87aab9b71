using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AgentRec.Domain;

/// <summary>
/// The one JSON form of the Domain records: the log, the HTTP interface and the command line write and read it alike, so what
/// is changed here changes what is on disk.
/// </summary>
/// <remarks>
/// Names and enums are camelCase, absent optional values are left out, absent collections are empty. A value of the wrong type,
/// a missing required member or a member given twice is a <see cref="JsonException"/> with a path; unknown members are ignored.
/// </remarks>
public static class DomainJson
{
    /// <summary>The options, shared and read-only. Copy them to be stricter.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Writes a value in the domain's JSON form, without white space.</summary>
    /// <typeparam name="T">The declared type: <see cref="UserEvent"/> rather than one of its kinds, so that the kind is written.</typeparam>
    /// <param name="value">The value.</param>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Reads a value that is stated to be there.</summary>
    /// <typeparam name="T">The declared type.</typeparam>
    /// <param name="json">The JSON text.</param>
    /// <exception cref="JsonException">The text is not JSON, is null, or does not fit the type.</exception>
    public static T Read<T>(string json)
        where T : class =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"A {typeof(T).Name} was expected, but the JSON is null.");

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.Strict,
            // JSON is never embedded in HTML here, so only what JSON itself demands is escaped.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            AllowDuplicateProperties = false,
            AllowOutOfOrderMetadataProperties = true,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RecordContract.Apply } },
            Converters =
            {
                new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
                new TimestampConverter(),
                new FacetsConverter(),
                new OrdinalDictionaryConverter<string>(),
                new OrdinalDictionaryConverter<double>(),
            },
        };
        options.MakeReadOnly();
        return options;
    }
}
