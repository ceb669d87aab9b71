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
        var protocol = NegotiationProtocols.Find(result.Protocol);
        if (protocol is null)
            findings.Add(new Finding("protocol", "negotiation.protocol", $"This version knows no protocol '{result.Protocol}'."));
        CheckAbsent(result, findings);
        var rounds = protocol?.ConcedesInRounds == false ? 1 : rules.Concession.Rounds;
        if (result.Rounds > rounds || result.Rounds < (certificate.Slate.IsEmpty ? 0 : 1))
            findings.Add(new Finding("rounds", "negotiation.rounds", $"There are {rounds} rounds at most; {result.Rounds} are reported."));
        var exceeded = UserStance.Shortfall(result.OpeningUtility, result.Utility, rules.Concession);
        if (result.LimitExceeded != exceeded)
            findings.Add(new Finding("limit", "negotiation.limitExceeded", $"Under the policy's terms the limit is exceeded by {exceeded}, not {result.LimitExceeded}."));
        CheckOutcome(certificate, exceeded, rounds, findings);
    }

    private static void CheckAbsent(CertifiedResult result, ImmutableArray<Finding>.Builder findings)
    {
        for (var i = 0; i < result.Absent.Length; i++)
        {
            var path = $"negotiation.absent[{i}]";
            if (result.Absent[i] is not (AgentNames.Items or AgentNames.Policy or AgentNames.User))
                findings.Add(new Finding("absent", path, $"No agent is called '{result.Absent[i]}'."));
            if (i > 0 && string.CompareOrdinal(result.Absent[i - 1], result.Absent[i]) >= 0)
                findings.Add(new Finding("absent", path, "Agents are named once, in ordinal order."));
        }
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
