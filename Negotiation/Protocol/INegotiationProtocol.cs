namespace AgentRec.Negotiation.Protocol;

/// <summary>
/// A way to come from a table to a slate. Every protocol talks to the same parties, writes the same kind of transcript and is
/// certified by the same verifier; the same table and the same answers give the same result, byte for byte.
/// </summary>
public interface INegotiationProtocol
{
    /// <summary>The name in policies, requests, results and certificates.</summary>
    string Name { get; }

    /// <summary>
    /// True when the user agent gives way step by step over the policy's rounds; false when it is asked once, at its last
    /// limit.
    /// </summary>
    bool ConcedesInRounds { get; }

    /// <summary>Negotiates a slate.</summary>
    /// <param name="table">What lies on the table.</param>
    /// <param name="parties">The agents.</param>
    /// <param name="observer">Hears every step.</param>
    /// <param name="cancellationToken">Ends the negotiation.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slate size is outside 1 to 50.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<NegotiationResult> NegotiateAsync(
        NegotiationTable table, IParties parties, INegotiationObserver observer, CancellationToken cancellationToken);
}
