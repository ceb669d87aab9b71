using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Protocol;

/// <summary>What a slate would have been without one of its rules.</summary>
/// <param name="Rule">The rule that is left out.</param>
/// <param name="Slate">The slate then, best first.</param>
/// <param name="UtilityKept">What it would keep of the opening's utility; 1 where the opening's is 0.</param>
public sealed record RuleCounterfactual(Rule Rule, ImmutableArray<Candidate> Slate, double UtilityKept);

/// <summary>
/// Negotiates a table again, once for each hard or soft rule, with that rule left out: same window, same bids, same protocol.
/// Safety rules keep items out of the window itself and cannot be left out here. What a window without the rule would have
/// held beyond this one is not looked for. The exact protocol is counted as concession, which takes a hundredth of the time.
/// </summary>
public static class Counterfactuals
{
    /// <summary>Tells the counterfactuals one by one, in the rule set's order.</summary>
    /// <param name="table">What lay on the table.</param>
    /// <param name="bids">The bids that counted.</param>
    /// <param name="protocol">The protocol.</param>
    /// <param name="found">Hears each as it is finished.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task TellAsync(
        NegotiationTable table, ImmutableArray<Bid> bids, INegotiationProtocol protocol, Action<RuleCounterfactual> found, CancellationToken cancellationToken)
    {
        var quick = protocol is ExactProtocol ? new ConcessionProtocol() : protocol;
        foreach (var rule in table.Rules.Rules.Where(rule => rule.Severity != RuleSeverity.Safety))
        {
            var without = table with { Rules = table.Rules with { Rules = table.Rules.Rules.Remove(rule) } };
            var result = await quick.NegotiateAsync(without, new RecordedBids(new LocalParties(without, null), bids), Unobserved.Instance, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            found(new RuleCounterfactual(rule, result.Slate, result.UtilityKept));
        }
    }

    /// <summary>Local parties whose item agents bid what they bid before.</summary>
    private sealed class RecordedBids(IParties inner, ImmutableArray<Bid> bids) : IParties
    {
        public ImmutableArray<string> Absent => inner.Absent;

        public ValueTask<ImmutableArray<Bid>> BidAsync(BidCall call, CancellationToken cancellationToken) => ValueTask.FromResult(bids);

        public ValueTask<Review> ReviewAsync(ImmutableArray<int> slate, ImmutableArray<RelaxedRule> relaxed, CancellationToken cancellationToken) =>
            inner.ReviewAsync(slate, relaxed, cancellationToken);

        public ValueTask<Response> RespondAsync(ImmutableArray<int> slate, int round, CancellationToken cancellationToken) =>
            inner.RespondAsync(slate, round, cancellationToken);

        public ValueTask<ImmutableArray<RankedOffer>> OfferAsync(OfferCall call, CancellationToken cancellationToken) =>
            inner.OfferAsync(call, cancellationToken);
    }
}
