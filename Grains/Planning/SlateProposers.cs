using System.Collections.Immutable;
using AgentRec.Negotiation.Proposals;
using AgentRec.Negotiation.Protocol;

namespace AgentRec.Grains.Planning;

/// <summary>The proposers of a silo by name: the protocols that come with the system and whoever is registered beside them.</summary>
internal sealed class SlateProposers
{
    private readonly ImmutableArray<ISlateProposer> _proposers;

    /// <summary>Collects the proposers.</summary>
    /// <param name="registered">Those registered beside the protocols; a protocol's name cannot be taken.</param>
    /// <exception cref="InvalidOperationException">Two proposers have the same name.</exception>
    public SlateProposers(IEnumerable<ISlateProposer> registered)
    {
        _proposers = [.. NegotiationProtocols.All.Select(protocol => new ProtocolProposer(protocol)), .. registered];
        Names = [.. _proposers.Select(proposer => proposer.Name)];
        if (Names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InvalidOperationException($"Two proposers are called '{twice.Key}': register each under a name of its own.");
    }

    /// <summary>The names that requests may use.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>
    /// Who is asked for a slate, in turn, until one is approved: the one asked for, then the default protocol, then the plain
    /// repair.
    /// </summary>
    /// <param name="name">The one asked for.</param>
    public IEnumerable<ISlateProposer> InTurn(string name) => new[] { name, ConcessionProtocol.ProtocolName, RepairProtocol.ProtocolName }
        .Distinct(StringComparer.Ordinal)
        .Select(one => _proposers.FirstOrDefault(proposer => string.Equals(proposer.Name, one, StringComparison.Ordinal)))
        .OfType<ISlateProposer>();
}
