using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Certificates;

/// <summary>Works out what a certificate has to say of every rule; issuing and verifying share it, and trust nothing else.</summary>
internal static class RuleCertifier
{
    /// <summary>The rule that is always in force, then the rule set's own.</summary>
    public static ImmutableArray<CertifiedRule> Certify(RuleSet rules, ISlateFacts slate) =>
        [NotConsumed(slate), .. rules.Rules.Select(rule => Certify(rule, slate))];

    /// <summary>The facets that witnesses must state, in ordinal order.</summary>
    public static ImmutableArray<string> FacetsRead(RuleSet rules) =>
    [
        .. rules.Rules
            .Select(rule => rule.Facet)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    private static CertifiedRule NotConsumed(ISlateFacts slate)
    {
        var consumed = 0;
        for (var place = 0; place < slate.Length; place++)
            consumed += slate.History?.IsConsumed(slate.ItemId(place)) == true ? 1 : 0;
        return new CertifiedRule(
            Rule.NotConsumed, RuleKind.Attested, consumed * Millionths.One, null, 0, consumed == 0 ? RuleVerdict.Met : RuleVerdict.Missed);
    }

    private static CertifiedRule Certify(Rule rule, ISlateFacts slate)
    {
        var body = RuleBodies.Of(rule);
        var reading = body.Read(rule, slate);
        return new CertifiedRule(
            rule.Id,
            body.Kind,
            reading.Value,
            body.AtLeast(rule) is { } least ? Millionths.Of(least) : null,
            body.AtMost(rule) is { } most ? Millionths.Of(most) : null,
            Verdict(rule, reading.IsMet));
    }

    public static RuleVerdict Verdict(Rule rule, bool isMet) => isMet
        ? RuleVerdict.Met
        : rule.Severity == RuleSeverity.Hard ? RuleVerdict.Relaxed : RuleVerdict.Missed;
}
