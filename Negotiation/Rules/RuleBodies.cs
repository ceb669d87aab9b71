using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>The rule types of this version.</summary>
internal static class RuleBodies
{
    private static readonly Dictionary<RuleType, RuleBody> ByType = new()
    {
        [RuleType.Count] = new CountRule(),
        [RuleType.Distinct] = new DistinctRule(),
        [RuleType.Total] = new TotalRule(),
        [RuleType.Exclude] = new ExcludeRule(),
        [RuleType.Maturity] = new MaturityRule(),
        [RuleType.FrequencyCap] = new FrequencyCapRule(),
    };

    /// <summary>The types that this version carries out, in the grammar's order.</summary>
    public static IEnumerable<RuleType> Available => Enum.GetValues<RuleType>().Where(ByType.ContainsKey);

    public static bool IsAvailable(RuleType type) => ByType.ContainsKey(type);

    public static RuleBody Of(Rule rule) => ByType.TryGetValue(rule.Type, out var body)
        ? body
        : throw new InvalidOperationException($"Rule '{rule.Id}' has type {rule.Type}, which this version does not carry out: validate rule sets before they are registered.");
}
