namespace AgentRec.Grains.Abstractions;

/// <summary>
/// An agent gave way before it could answer: it moves, another activation has taken its place, or what it stands on is away.
/// Whether the call took effect shows when it is repeated under the same id.
/// </summary>
[GenerateSerializer, Alias("agentrec.AgentUnavailableException")]
public sealed class AgentUnavailableException : OrleansException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Who gave way, why, and what to do.</param>
    public AgentUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Who gave way, why, and what to do.</param>
    /// <param name="innerException">What happened; it stays on its own silo.</param>
    public AgentUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
