namespace AgentRec.Inference.Transport;

/// <summary>One form of the protocol. Both fail with a <see cref="ServerFault"/>, or with cancellation.</summary>
internal interface IInferenceTransport : IDisposable
{
    /// <summary>Asks what the server says of the model.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ModelContract> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>Has rows scored.</summary>
    /// <param name="call">The rows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<InferenceAnswer> InferAsync(InferenceCall call, CancellationToken cancellationToken);
}

/// <summary>Rows to be scored.</summary>
/// <param name="Version">The server's version of the model; empty for the one that it chooses.</param>
/// <param name="Features">The number of features in a row.</param>
/// <param name="Values">The rows, row-major.</param>
internal readonly record struct InferenceCall(string Version, int Features, ReadOnlyMemory<float> Values)
{
    /// <summary>The number of rows.</summary>
    public int Rows => Values.Length / Features;
}

/// <summary>What a server answered.</summary>
/// <param name="Version">The version that scored; empty when the server does not say.</param>
/// <param name="ArtifactVersion">The artifact that this version was written from; empty when the server does not say.</param>
/// <param name="Scores">The scores.</param>
internal readonly record struct InferenceAnswer(string Version, string ArtifactVersion, float[] Scores);

/// <summary>The server failed, was not reached, or answered what the protocol does not allow.</summary>
/// <param name="message">What happened, to follow the server's name.</param>
/// <param name="inner">What was behind it.</param>
internal sealed class ServerFault(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The fault of an answer that is too long or too short.</summary>
    /// <param name="scores">How many scores it has.</param>
    /// <param name="rows">How many were asked for.</param>
    public static ServerFault WrongCount(int scores, int rows) => new($"answered {scores} scores for {rows} rows.");
}
