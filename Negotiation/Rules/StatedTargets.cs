using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>All that the parties to a negotiation know of a history: the facet shares that the user agent states.</summary>
internal sealed class StatedTargets(ImmutableArray<FacetShares> targets) : IPrivateFacts
{
    public bool IsConsumed(string itemId) => false;

    public int Shown(string itemId, int days) => 0;

    public FacetShares? Target(string facet) => targets.FirstOrDefault(shares => string.Equals(shares.Facet, facet, StringComparison.Ordinal)) ?? new(facet, []);
}
