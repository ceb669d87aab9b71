using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Rules;

/// <summary>Rules and columns with the bounds that stand in for their own where no slate can meet these.</summary>
internal static class RelaxedBounds
{
    /// <summary>The rule as it is in force.</summary>
    public static Rule InForce(Rule rule, ImmutableArray<RelaxedRule> relaxed) =>
        rule.Severity == RuleSeverity.Hard && Find(relaxed, rule.Id) is { } bounds
            ? rule with { AtLeast = bounds.AtLeast, AtMost = bounds.AtMost }
            : rule;

    /// <summary>The columns as they are in force.</summary>
    public static RuleColumn[] InForce(RuleColumn[] columns, ImmutableArray<RelaxedRule> relaxed) =>
        Array.ConvertAll(columns, column => Find(relaxed, column.Rule.Id) is { } bounds ? column.Relaxed(bounds) : column);

    private static RelaxedRule? Find(ImmutableArray<RelaxedRule> relaxed, string ruleId) =>
        relaxed.FirstOrDefault(rule => string.Equals(rule.RuleId, ruleId, StringComparison.Ordinal));
}
