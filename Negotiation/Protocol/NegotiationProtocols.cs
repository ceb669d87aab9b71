using System.Collections.Immutable;

namespace AgentRec.Negotiation.Protocol;

/// <summary>The protocols that come with the system.</summary>
public static class NegotiationProtocols
{
    /// <summary>All of them, the default first.</summary>
    public static ImmutableArray<INegotiationProtocol> All { get; } =
        [new ConcessionProtocol(), new RepairProtocol(), new ExactProtocol(), new AuctionProtocol(), new VoteProtocol()];

    /// <summary>Their names.</summary>
    public static ImmutableArray<string> Names { get; } = [.. All.Select(protocol => protocol.Name)];

    /// <summary>Finds a protocol.</summary>
    /// <param name="name">Its name, exactly.</param>
    /// <returns>Null when there is none of that name.</returns>
    public static INegotiationProtocol? Find(string name) =>
        All.FirstOrDefault(protocol => string.Equals(protocol.Name, name, StringComparison.Ordinal));
}
