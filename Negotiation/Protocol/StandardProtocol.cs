using AgentRec.Domain;

namespace AgentRec.Negotiation.Protocol;

/// <summary>What all protocols have in common: the opening, bids, the rules that can be kept, and how a slate is settled.</summary>
public abstract class StandardProtocol : INegotiationProtocol
{
    private protected StandardProtocol()
    {
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public virtual bool ConcedesInRounds => false;

    /// <inheritdoc/>
    public async Task<NegotiationResult> NegotiateAsync(
        NegotiationTable table, IParties parties, INegotiationObserver observer, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(table.SlateSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(table.SlateSize, TurnRequest.GreatestSlateSize);
        var floor = new Floor(Name, table, parties, new Transcript(table.Facets, observer));
        return await floor.OpenAsync(cancellationToken)
            ? await DeliberateAsync(floor, cancellationToken)
            : floor.Settle(null, 0, isArbitrated: false);
    }

    /// <summary>Comes from an open floor to a settled slate.</summary>
    private protected abstract Task<NegotiationResult> DeliberateAsync(Floor floor, CancellationToken cancellationToken);
}
