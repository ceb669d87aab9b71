using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Telemetry;
using AgentRec.Grains.Users;

namespace AgentRec.Grains.Reasons;

/// <summary>Makes the explanations of a slate, and lets only what can be verified be shown.</summary>
internal static class Justification
{
    /// <summary>One explanation for each item of a slate.</summary>
    /// <param name="pin">What the slate's offer rested on.</param>
    /// <param name="deeds">What the user received well.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="request">The slate, and what is said of its negotiation.</param>
    public static ImmutableArray<Explanation> Of(OfferPin pin, OwnDeeds deeds, RuleSet rules, ExplanationRequest request)
    {
        var catalogue = pin.Serving.Catalogue;
        var contributions = pin.Serving.Required.Contributions(pin.History, request.Slate.AsSpan(), pin.Scores);
        var explainer = new Explainer(catalogue, deeds, request.Constraints);
        var verifier = new ClaimVerifier(new ReasonFacts(
            catalogue, item => catalogue.PositiveCounts[item] == 0, deeds, request.Constraints, rules, request.Negotiation));
        return [.. request.Slate.Select((item, place) =>
        {
            var claims = explainer.Claims(item, contributions[place], request.Reasons.GetValueOrDefault(item, []));
            var verified = verifier.Verify(item, contributions[place], claims);
            foreach (var claim in verified.Explanation.Evidence)
                AgentInstruments.ClaimChecked(claim.Kind, isShown: true);
            foreach (var claim in verified.Dropped)
                AgentInstruments.ClaimChecked(claim.Kind, isShown: false);
            return verified.Explanation;
        })];
    }
}
