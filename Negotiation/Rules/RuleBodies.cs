using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>The rule types by name.</summary>
internal static class RuleBodies
{
    private static readonly Dictionary<RuleType, RuleBody> ByType = new()
    {
        [RuleType.Count] = new CountRule(),
        [RuleType.Share] = new ShareRule(),
        [RuleType.Distinct] = new DistinctRule(),
        [RuleType.Total] = new TotalRule(),
        [RuleType.Average] = new AverageRule(),
        [RuleType.Gap] = new GapRule(),
        [RuleType.Exclude] = new ExcludeRule(),
        [RuleType.Allow] = new AllowRule(),
        [RuleType.Maturity] = new MaturityRule(),
        [RuleType.FrequencyCap] = new FrequencyCapRule(),
        [RuleType.Calibration] = new CalibrationRule(),
        [RuleType.Pin] = new PinRule(),
    };

    public static RuleBody Of(Rule rule) => ByType[rule.Type];
}
