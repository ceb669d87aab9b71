using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace AgentRec.Inference.Transport;

/// <summary>The JSON bodies of the protocol, as a client writes and reads them.</summary>
internal static class HttpTensors
{
    private static readonly JsonWriterOptions Unchecked = new() { SkipValidation = true };

    /// <summary>Writes a request for scores.</summary>
    public static void WriteRequest(IBufferWriter<byte> body, RankingOptions options, InferenceCall call)
    {
        using var json = new Utf8JsonWriter(body, Unchecked);
        json.WriteStartObject();
        json.WriteStartArray("inputs");
        json.WriteStartObject();
        json.WriteString("name", options.Input);
        json.WriteStartArray("shape");
        json.WriteNumberValue(call.Rows);
        json.WriteNumberValue(call.Features);
        json.WriteEndArray();
        json.WriteString("datatype", "FP32");
        json.WriteStartArray("data");
        foreach (var value in call.Values.Span)
            json.WriteNumberValue(value);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("outputs");
        json.WriteStartObject();
        json.WriteString("name", options.Output);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads scores.</summary>
    public static InferenceAnswer ReadAnswer(JsonElement answer, string output)
    {
        var tensor = answer.GetProperty("outputs").EnumerateArray().FirstOrDefault(tensor => tensor.GetProperty("name").ValueEquals(output));
        if (tensor.ValueKind == JsonValueKind.Undefined)
            throw new ServerFault($"answered without an output '{output}'.");
        if (!tensor.GetProperty("datatype").ValueEquals("FP32"))
            throw new ServerFault($"answered '{output}' as {tensor.GetProperty("datatype")} instead of FP32.");
        var scores = new List<float>();
        Flatten(tensor.GetProperty("data"), scores);
        var artifact = answer.TryGetProperty("parameters", out var parameters) ? Text(parameters, Parameters.ArtifactVersion) : "";
        return new InferenceAnswer(Text(answer, "model_version"), artifact, [.. CollectionsMarshal.AsSpan(scores)]);
    }

    /// <summary>Reads what a server says of a model.</summary>
    public static ModelContract ReadMetadata(JsonElement metadata) => new(Tensors(metadata, "inputs"), Tensors(metadata, "outputs"), 0, "");

    /// <summary>Adds what a model's configuration says to what is known of it.</summary>
    public static ModelContract ReadConfig(JsonElement config, ModelContract contract) => contract with
    {
        MaximumBatch = config.TryGetProperty("max_batch_size", out var maximum) ? maximum.GetInt32() : 0,
        ArtifactVersion = config.TryGetProperty("parameters", out var parameters) && parameters.TryGetProperty(Parameters.ArtifactVersion, out var artifact)
            ? Text(artifact, "string_value") : "",
    };

    /// <summary>Reads why a server refused.</summary>
    public static string ReadError(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Text(document.RootElement, "error");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return "it gave no reason.";
        }
    }

    private static ImmutableArray<TensorDescription> Tensors(JsonElement metadata, string side) =>
    [
        .. metadata.GetProperty(side).EnumerateArray().Select(tensor => new TensorDescription(
            Text(tensor, "name"), Text(tensor, "datatype"), [.. tensor.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())])),
    ];

    /// <summary>Elements in their order, nested by row or not.</summary>
    private static void Flatten(JsonElement data, List<float> values)
    {
        foreach (var element in data.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Array)
                Flatten(element, values);
            else
                values.Add(element.GetSingle());
        }
    }

    private static string Text(JsonElement element, string property) => element.TryGetProperty(property, out var value) ? value.GetString() ?? "" : "";
}
