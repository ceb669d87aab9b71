namespace AgentRec.Negotiation.Protocol;

/// <summary>
/// The deterministic repair of the standing order, without a negotiation: the counterfactual that a negotiation has to beat.
/// Where swaps alone do not get under the rules, any slate that keeps them stands in; what the user agent refuses at its last
/// limit gives way to its best slate under the rules.
/// </summary>
public sealed class RepairProtocol : StandardProtocol
{
    /// <summary>The protocol's name.</summary>
    public const string ProtocolName = "repair";

    /// <inheritdoc/>
    public override string Name => ProtocolName;

    private protected override Task<NegotiationResult> DeliberateAsync(Floor floor, CancellationToken cancellationToken) =>
        floor.PutOnceAsync(floor.Weigh(floor.Repair ?? floor.Feasible, ProposalOrigin.Repair), cancellationToken);
}
