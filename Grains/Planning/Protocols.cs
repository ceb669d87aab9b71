using System.Collections.Immutable;
using AgentRec.Negotiation.Protocol;

namespace AgentRec.Grains.Planning;

/// <summary>The negotiation protocols by name.</summary>
internal static class Protocols
{
    /// <summary>The names that policies and requests may use.</summary>
    public static ImmutableArray<string> Names { get; } = [ConcessionProtocol.Name];

    /// <summary>Negotiates under a protocol.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="table">What lies on the table.</param>
    /// <param name="parties">The agents.</param>
    /// <param name="observer">Hears every step.</param>
    /// <param name="cancellationToken">Ends the negotiation.</param>
    /// <exception cref="ArgumentException">There is no such protocol.</exception>
    public static Task<NegotiationResult> NegotiateAsync(
        string name, NegotiationTable table, IParties parties, INegotiationObserver observer, CancellationToken cancellationToken) => name switch
        {
            ConcessionProtocol.Name => ConcessionProtocol.NegotiateAsync(table, parties, observer, cancellationToken),
            _ => throw new ArgumentException($"There is no protocol '{name}': known are {string.Join(", ", Names)}.", nameof(name)),
        };
}
