using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Grains.Policies;

/// <summary>Private facts as the log has them, for the policy agent's own check.</summary>
/// <param name="facts">What was read, by item.</param>
/// <param name="now">The turn's time.</param>
internal sealed class LoggedFacts(IReadOnlyDictionary<string, ItemFact> facts, DateTimeOffset now) : IPrivateFacts
{
    /// <summary>Reads the facts that a rule set asks about.</summary>
    public static async ValueTask<LoggedFacts> ReadAsync(
        IUserLog log, string tenant, string userId, long upTo, IReadOnlyCollection<string> itemIds, RuleSet rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var days = rules.Rules.Max(rule => rule.Days) ?? 0;
        return new LoggedFacts(await log.ReadFactsAsync(tenant, userId, upTo, itemIds, now.AddDays(-days), cancellationToken), now);
    }

    public bool IsConsumed(string itemId) => facts.TryGetValue(itemId, out var fact) && fact.Consumed;

    public int Shown(string itemId, int days) =>
        facts.TryGetValue(itemId, out var fact) ? fact.Shown.Count(at => at >= now.AddDays(-days)) : 0;
}
