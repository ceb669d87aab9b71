using AgentRec.Domain;
using AgentRec.Negotiation.Policies;
using AgentRec.Silo;

namespace AgentRec.Simulation;

/// <summary>What a scenario comes to for one arm: the rule sets of its store, and the one in force in a period.</summary>
internal static class ArmTerrain
{
    /// <summary>The rule sets that an arm's turns are held under, with its own terms of item agency.</summary>
    public static IEnumerable<RuleSet> Rules(Scenario scenario, ArmTerms arm) =>
        scenario.Events.OfType<PolicyEvent>().Select(change => change.Policy).Append(arm.Policy).Distinct(StringComparer.Ordinal)
            .Select(name => Find(scenario, name))
            .Select(rules => arm.Agency is { } agency ? rules with { Agency = agency } : rules);

    /// <summary>The name of the rule set in force.</summary>
    public static string Policy(Scenario scenario, ArmTerms arm, int period) =>
        scenario.Events.OfType<PolicyEvent>().Where(change => change.Period <= period).OrderBy(change => change.Period).LastOrDefault()?.Policy ?? arm.Policy;

    /// <summary>By genre, the points that fashion gives in a period.</summary>
    public static IReadOnlyDictionary<string, double> Trend(Scenario scenario, int period) =>
        scenario.Events.OfType<TrendEvent>().Where(trend => trend.Period <= period && period < trend.Period + trend.Periods)
            .GroupBy(trend => trend.Genre, StringComparer.Ordinal)
            .ToDictionary(trends => trends.Key, trends => trends.Sum(trend => trend.Strength), StringComparer.Ordinal);

    private static RuleSet Find(Scenario scenario, string name) =>
        scenario.Policies.FirstOrDefault(policy => string.Equals(policy.Name, name, StringComparison.Ordinal))
        ?? RuleSetReader.ReadYaml(BundledPolicies.Read().First(policy => string.Equals(policy.Name, name, StringComparison.Ordinal)).Yaml).RuleSet
        ?? throw new InvalidOperationException($"The bundled rule set '{name}' cannot be read.");
}
