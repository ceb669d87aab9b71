namespace AgentRec.Ranker.Serving;

/// <summary>What the server says of itself.</summary>
internal static class ServerIdentity
{
    /// <summary>Its name.</summary>
    public const string Name = "agentrec-ranker";

    /// <summary>What its models are run by, in the protocol's words.</summary>
    public const string Platform = "onnxruntime_onnx";

    /// <summary>Its version.</summary>
    public static string Version { get; } = typeof(ServerIdentity).Assembly.GetName().Version!.ToString(3);

    /// <summary>The protocol's extensions that it speaks.</summary>
    public static IReadOnlyList<string> Extensions { get; } = ["model_configuration"];
}
