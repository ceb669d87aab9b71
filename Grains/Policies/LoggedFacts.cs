using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Negotiation.Rules;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Grains.Policies;

/// <summary>Private facts as the log has them, for the policy agent's own check.</summary>
/// <param name="facts">What was read, by item.</param>
/// <param name="targets">How what the user took to spreads over the facets of calibration rules; null: not worked out.</param>
/// <param name="now">The turn's time.</param>
internal sealed class LoggedFacts(IReadOnlyDictionary<string, ItemFact> facts, ImmutableArray<FacetShares>? targets, DateTimeOffset now) : IPrivateFacts
{
    private const int PageSize = 1_000;

    /// <summary>Reads the facts that a rule set asks about.</summary>
    /// <remarks>
    /// Targets rest on what the catalogue states now: they are worked out when a slate is certified. Of an older certificate
    /// they stay attested, since items may have changed.
    /// </remarks>
    public static async ValueTask<LoggedFacts> ReadAsync(
        IUserLog log, string tenant, string userId, long upTo, IReadOnlyCollection<string> itemIds, RuleSet rules, IFacetSource? catalogue, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var days = rules.Rules.Max(rule => rule.Days) ?? 0;
        var facts = await log.ReadFactsAsync(tenant, userId, upTo, itemIds, now.AddDays(-days), cancellationToken);
        ImmutableArray<FacetShares>? targets = catalogue is null ? null : [];
        if (catalogue is not null && rules.Rules.Any(rule => rule.Type is RuleType.Calibration))
            targets = FacetVotes.Targets(rules, await PositivesAsync(log, tenant, userId, upTo, catalogue, cancellationToken), catalogue);
        return new LoggedFacts(facts, targets, now);
    }

    public bool IsConsumed(string itemId) => facts.TryGetValue(itemId, out var fact) && fact.Consumed;

    public int Shown(string itemId, int days) =>
        facts.TryGetValue(itemId, out var fact) ? fact.Shown.Count(at => at >= now.AddDays(-days)) : 0;

    public FacetShares? Target(string facet) => targets?.FirstOrDefault(shares => string.Equals(shares.Facet, facet, StringComparison.Ordinal));

    /// <summary>What the user took to, by the same fold over the log that the user agent's memory is.</summary>
    private static async ValueTask<int[]> PositivesAsync(
        IUserLog log, string tenant, string userId, long upTo, IFacetSource catalogue, CancellationToken cancellationToken)
    {
        var memory = UserMemory.Restore(MemorySnapshot.Empty);
        while (memory.Sequence < upTo)
        {
            var page = await log.ReadAsync(tenant, userId, memory.Sequence, (int)Math.Min(PageSize, upTo - memory.Sequence), cancellationToken);
            foreach (var logged in page)
                memory.Apply(logged, catalogue);
            if (page.Count == 0)
                break;
        }
        return [.. memory.Positives.Select(entry => entry.Item)];
    }
}
