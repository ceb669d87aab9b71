using System.Runtime.InteropServices;
using System.Text.Json;
using AgentRec.Ranker.Serving;

namespace AgentRec.Ranker.Http;

/// <summary>Reads the JSON body of a request for scores.</summary>
internal static class JsonScoreRequest
{
    /// <summary>The identifier that the answer repeats; null when there is none.</summary>
    /// <param name="body">The body.</param>
    public static string? Id(JsonElement body) => body.TryGetProperty("id", out var id) ? id.GetString() : null;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="model">The model, from the path.</param>
    /// <param name="version">Its version, from the path; empty for the latest.</param>
    /// <exception cref="FormatException">The body is not the protocol's; the message says where.</exception>
    public static ScoreRequest Read(JsonElement body, string model, string version)
    {
        Expect(body, JsonValueKind.Object, "The body");
        if (body.TryGetProperty("id", out var id))
            Expect(id, JsonValueKind.String, "'id'");
        var inputs = new List<DeclaredTensor>();
        var values = new List<float>();
        foreach (var input in Property(body, "inputs", JsonValueKind.Array).EnumerateArray())
        {
            Expect(input, JsonValueKind.Object, "An input");
            var name = Property(input, "name", JsonValueKind.String).GetString()!;
            inputs.Add(new DeclaredTensor(
                name, Property(input, "datatype", JsonValueKind.String).GetString()!, [.. Property(input, "shape", JsonValueKind.Array).EnumerateArray().Select(size => Size(size, name))]));
            // A request of several inputs is refused for that; whose elements these are does not matter then.
            Flatten(Property(input, "data", JsonValueKind.Array), name, values);
        }
        var outputs = new List<string>();
        if (body.TryGetProperty("outputs", out var asked))
        {
            Expect(asked, JsonValueKind.Array, "'outputs'");
            foreach (var output in asked.EnumerateArray())
            {
                Expect(output, JsonValueKind.Object, "An output");
                outputs.Add(Property(output, "name", JsonValueKind.String).GetString()!);
            }
        }
        return new ScoreRequest(model, version, inputs, outputs, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)).ToArray());
    }

    private static JsonElement Property(JsonElement owner, string name, JsonValueKind kind)
    {
        if (!owner.TryGetProperty(name, out var value))
            throw new FormatException($"'{name}' is missing.");
        Expect(value, kind, $"'{name}'");
        return value;
    }

    private static void Expect(JsonElement value, JsonValueKind kind, string what)
    {
        if (value.ValueKind != kind)
            throw new FormatException($"{what} is {value.ValueKind}; it must be {kind}.");
    }

    private static long Size(JsonElement size, string input) =>
        size.ValueKind == JsonValueKind.Number && size.TryGetInt64(out var value) ? value
        : throw new FormatException($"The shape of '{input}' holds '{size.GetRawText()}'; sizes are integers.");

    /// <summary>Elements in their order, nested by row or not.</summary>
    private static void Flatten(JsonElement data, string input, List<float> values)
    {
        foreach (var element in data.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Array)
                Flatten(element, input, values);
            else if (element.ValueKind == JsonValueKind.Number)
                values.Add(element.GetSingle());
            else
                throw new FormatException($"The data of '{input}' holds {element.ValueKind}; elements are numbers.");
        }
    }
}
