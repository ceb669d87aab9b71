using AgentRec.Domain;
using AgentRec.Negotiation.Protocol;

namespace AgentRec.Negotiation.Proposals;

/// <summary>
/// Somebody who proposes slates: a negotiation protocol, a language model, an agent from outside. A proposer is not trusted:
/// what it returns are ids and claims, every one of which the policy agent checks before a slate is shown.
/// </summary>
public interface ISlateProposer
{
    /// <summary>The name in requests and policies.</summary>
    string Name { get; }

    /// <summary>The protocol whose terms its slates are certified under: how often the user agent is asked, and how far it gives way.</summary>
    string Protocol { get; }

    /// <summary>Proposes a slate.</summary>
    /// <param name="table">What lies on the table.</param>
    /// <param name="parties">The agents, who may be asked a bounded number of times.</param>
    /// <param name="observer">Hears every step that the proposer wants to tell.</param>
    /// <param name="cancellationToken">Cancelled when the turn's patience ends.</param>
    /// <returns>The claim; null when the user agent can no longer recompute its offer.</returns>
    Task<SlateClaim?> ProposeAsync(NegotiationTable table, IParties parties, INegotiationObserver observer, CancellationToken cancellationToken);
}

/// <summary>A negotiation protocol as a proposer like any other.</summary>
/// <param name="protocol">The protocol.</param>
public sealed class ProtocolProposer(INegotiationProtocol protocol) : ISlateProposer
{
    /// <inheritdoc/>
    public string Name => protocol.Name;

    /// <inheritdoc/>
    public string Protocol => protocol.Name;

    /// <inheritdoc/>
    public async Task<SlateClaim?> ProposeAsync(
        NegotiationTable table, IParties parties, INegotiationObserver observer, CancellationToken cancellationToken)
    {
        var result = await protocol.NegotiateAsync(table, parties, observer, cancellationToken);
        return result.IsStale ? null : result.Claim();
    }
}
