using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Protocol;

namespace AgentRec.Negotiation.Certificates;

/// <summary>The outcome must follow from the verdicts and from the utilities under the policy's terms.</summary>
internal static class OutcomeCheck
{
    public static void Check(Certificate certificate, RuleSet rules, ImmutableArray<Finding>.Builder findings)
    {
        var result = certificate.Result;
        foreach (var (name, value) in (ReadOnlySpan<(string, long)>)[("openingUtility", result.OpeningUtility), ("utility", result.Utility), ("bidCost", result.BidCost), ("limitExceeded", result.LimitExceeded)])
        {
            if (value < 0)
                findings.Add(new Finding("utility", $"negotiation.{name}", $"It cannot be negative: {value}."));
        }
        if (result.Utility > result.OpeningUtility)
            findings.Add(new Finding("utility", "negotiation.utility", "No slate is worth more to the user than the opening."));
        if (result.BidCost > 0 && !rules.Agency.IsOn)
            findings.Add(new Finding("utility", "negotiation.bidCost", "The policy lets no item bid."));
        if (result.BidCost > Math.Max(0, result.OpeningUtility - result.Utility))
            findings.Add(new Finding("utility", "negotiation.bidCost", "Bids cannot have cost more than the slate gave up."));
        if (!string.Equals(result.Protocol, ConcessionProtocol.Name, StringComparison.Ordinal))
            findings.Add(new Finding("protocol", "negotiation.protocol", $"This version knows no protocol '{result.Protocol}'."));
        var rounds = rules.Concession.Rounds;
        if (result.Rounds > rounds || result.Rounds < (certificate.Slate.IsEmpty ? 0 : 1))
            findings.Add(new Finding("rounds", "negotiation.rounds", $"The policy has {rounds} rounds; {result.Rounds} are reported."));
        var exceeded = UserStance.Shortfall(result.OpeningUtility, result.Utility, rules.Concession);
        if (result.LimitExceeded != exceeded)
            findings.Add(new Finding("limit", "negotiation.limitExceeded", $"Under the policy's terms the limit is exceeded by {exceeded}, not {result.LimitExceeded}."));
        CheckOutcome(certificate, exceeded, rounds, findings);
    }

    private static void CheckOutcome(Certificate certificate, long exceeded, int rounds, ImmutableArray<Finding>.Builder findings)
    {
        var isRelaxed = certificate.Rules.Any(rule => rule.Verdict == RuleVerdict.Relaxed);
        var outcome = isRelaxed ? NegotiationOutcome.Relaxed : exceeded > 0 ? NegotiationOutcome.Arbitrated : NegotiationOutcome.Agreed;
        if (certificate.Outcome != outcome)
            findings.Add(new Finding("outcome", "outcome", $"By the verdicts and utilities the outcome is {EnumText.Of(outcome)}, not {EnumText.Of(certificate.Outcome)}."));
        if (exceeded > 0 && certificate.Result.Rounds != rounds)
            findings.Add(new Finding("rounds", "negotiation.rounds", $"The limit is exceeded only after all {rounds} rounds."));
    }
}
