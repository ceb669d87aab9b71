using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentRec.Ranker.Http;

/// <summary>How the protocol's bodies are written: snake case, without what is absent.</summary>
internal static class JsonBodies
{
    /// <summary>The form.</summary>
    public static JsonSerializerOptions Form { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}

/// <summary>What the server says of itself.</summary>
internal sealed record ServerBody(string Name, string Version, IReadOnlyList<string> Extensions);

/// <summary>What the server says of a model.</summary>
internal sealed record ModelBody(string Name, IReadOnlyList<string> Versions, string Platform, IReadOnlyList<TensorBody> Inputs, IReadOnlyList<TensorBody> Outputs);

/// <summary>A tensor of a model.</summary>
internal sealed record TensorBody(string Name, string Datatype, IReadOnlyList<long> Shape);

/// <summary>A model's configuration, as far as this server has one.</summary>
internal sealed record ConfigBody(string Name, string Platform, int MaxBatchSize, IReadOnlyDictionary<string, ConfigParameterBody> Parameters);

/// <summary>A parameter of a configuration.</summary>
internal sealed record ConfigParameterBody(string StringValue);

/// <summary>Scores.</summary>
internal sealed record AnswerBody(string ModelName, string ModelVersion, string? Id, IReadOnlyDictionary<string, string>? Parameters, IReadOnlyList<OutputBody> Outputs);

/// <summary>A tensor of scores.</summary>
internal sealed record OutputBody(string Name, string Datatype, IReadOnlyList<int> Shape, float[] Data);

/// <summary>Why a request failed.</summary>
internal sealed record ErrorBody(string Error);
