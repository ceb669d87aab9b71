using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Grains.Users;

/// <summary>Private facts as the user agent remembers them.</summary>
/// <param name="memory">The memory.</param>
/// <param name="facets">The catalogue.</param>
/// <param name="rules">The rules that ask.</param>
/// <param name="now">The turn's time.</param>
internal sealed class MemoryFacts(UserMemory memory, IFacetSource facets, RuleSet rules, DateTimeOffset now) : IPrivateFacts
{
    private ImmutableArray<FacetShares>? _targets;

    /// <summary>How what the user took to spreads over the facets of calibration rules.</summary>
    public ImmutableArray<FacetShares> Targets => _targets ??= FacetVotes.Targets(rules, [.. memory.Positives.Select(entry => entry.Item)], facets);

    public bool IsConsumed(string itemId) => facets.TryHandle(itemId, out var item) && memory.HasConsumed(item);

    public int Shown(string itemId, int days) =>
        facets.TryHandle(itemId, out var item) ? memory.ShownSince(item, now.AddDays(-days).ToUnixTimeMilliseconds()) : 0;

    public FacetShares? Target(string facet) => Targets.FirstOrDefault(shares => string.Equals(shares.Facet, facet, StringComparison.Ordinal));
}
