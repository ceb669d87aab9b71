using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Certificates;

/// <summary>
/// Every rule of the registered policy, in its order: value from the witnesses, bounds from the policy, verdict from both.
/// </summary>
internal static class RuleCheck
{
    public static void Check(Certificate certificate, RuleSet rules, IPrivateFacts? history, ImmutableArray<Finding>.Builder findings)
    {
        var expected = RuleCertifier.Certify(rules, new WitnessedSlate(certificate.Witnesses, history));
        if (certificate.Rules.Length != expected.Length)
        {
            findings.Add(new Finding("rules", "rules", $"The certificate reports {certificate.Rules.Length} rules, the policy has {expected.Length} with '{Rule.NotConsumed}'."));
            return;
        }
        for (var i = 0; i < expected.Length; i++)
        {
            var rule = i == 0 ? null : rules.Rules[i - 1];
            Compare(certificate.Rules[i], expected[i], rule, i, IsRecomputed(expected[i], rule, history), findings);
        }
    }

    /// <summary>The rules of a certificate whose values were taken as signed.</summary>
    public static ImmutableArray<string> Attested(Certificate certificate, RuleSet rules, IPrivateFacts? history) =>
    [
        .. certificate.Rules
            .Where(found => found.Kind == RuleKind.Attested)
            .Where(found => !IsRecomputed(found, rules.Rules.FirstOrDefault(rule => string.Equals(rule.Id, found.Id, StringComparison.Ordinal)), history))
            .Select(found => found.Id),
    ];

    private static bool IsRecomputed(CertifiedRule expected, Rule? rule, IPrivateFacts? history) =>
        expected.Kind == RuleKind.Recomputable || (history is not null && (rule is null || RuleBodies.Of(rule).IsKnown(rule, history)));

    private static void Compare(
        CertifiedRule found, CertifiedRule expected, Rule? rule, int i, bool isRecomputed, ImmutableArray<Finding>.Builder findings)
    {
        var path = $"rules[{i}]";
        if (!string.Equals(found.Id, expected.Id, StringComparison.Ordinal))
        {
            findings.Add(new Finding("rules", $"{path}.id", $"The policy's rule here is '{expected.Id}', not '{found.Id}'."));
            return;
        }
        if (found.Kind != expected.Kind)
            findings.Add(new Finding("rule-kind", $"{path}.kind", $"Rule '{found.Id}' is {EnumText.Of(expected.Kind)}."));
        if (found.AtLeast != expected.AtLeast)
            findings.Add(new Finding("rule-bound", $"{path}.atLeast", $"The policy's lower bound of '{found.Id}' is {Show(expected.AtLeast)}, not {Show(found.AtLeast)}."));
        if (found.AtMost != expected.AtMost)
            findings.Add(new Finding("rule-bound", $"{path}.atMost", $"The policy's upper bound of '{found.Id}' is {Show(expected.AtMost)}, not {Show(found.AtMost)}."));
        if (isRecomputed && found.Value != expected.Value)
            findings.Add(new Finding("rule-value", $"{path}.value", $"The value of '{found.Id}' is {expected.Value}, not {found.Value}."));
        // An attested value is taken as signed, but it still has to agree with its own verdict.
        var value = isRecomputed ? expected.Value : found.Value;
        var isMet = !(value < expected.AtLeast) && !(value > expected.AtMost);
        var verdict = rule is null ? (isMet ? RuleVerdict.Met : RuleVerdict.Missed) : RuleCertifier.Verdict(rule, isMet);
        if (found.Verdict != verdict)
            findings.Add(new Finding("rule-verdict", $"{path}.verdict", $"Rule '{found.Id}' is {EnumText.Of(verdict)}, not {EnumText.Of(found.Verdict)}."));
        if (!isMet && (rule is null || rule.Severity == RuleSeverity.Safety))
            findings.Add(new Finding("safety", path, $"Rule '{found.Id}' is never relaxed, and its value {value} is beyond its bound."));
        if (!isRecomputed && (rule is null ? value < 0 : !RuleBodies.Of(rule).IsPossible(value)))
            findings.Add(new Finding("rule-value", $"{path}.value", $"The value of '{found.Id}' cannot be {value}."));
    }

    private static string Show(long? bound) => bound is { } number ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : "none";
}
