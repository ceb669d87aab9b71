using AgentRec.Domain;

namespace AgentRec.Negotiation.Protocol;

/// <summary>The protocol in which both sides concede over rounds until they agree.</summary>
public static class ConcessionProtocol
{
    /// <summary>The protocol's name in policies, results and certificates.</summary>
    public const string Name = RuleSet.DefaultProtocol;

    /// <summary>Negotiates a slate. The same table and the same answers of the parties give the same transcript, byte for byte.</summary>
    /// <param name="table">What lies on the table.</param>
    /// <param name="parties">The agents.</param>
    /// <param name="observer">Hears every step.</param>
    /// <param name="cancellationToken">Ends the negotiation.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slate size is outside 1 to 50.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<NegotiationResult> NegotiateAsync(
        NegotiationTable table, IParties parties, INegotiationObserver observer, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(table.SlateSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(table.SlateSize, TurnRequest.GreatestSlateSize);
        return new ConcessionRun(table, parties, new Transcript(table.Facets, observer)).RunAsync(cancellationToken);
    }
}
