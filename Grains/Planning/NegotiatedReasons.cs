using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Reasons;
using AgentRec.Negotiation.Protocol;

namespace AgentRec.Grains.Planning;

/// <summary>
/// What the negotiation contributed to the items that the user's own slate lacks: the rule that asked for them, or their bid.
/// Both are as the agents said them to the planner, whatever a proposer tells.
/// </summary>
internal static class NegotiatedReasons
{
    /// <summary>The reasons by handle.</summary>
    /// <param name="slate">The approved slate.</param>
    /// <param name="table">What lay on the table.</param>
    /// <param name="said">What the agents said.</param>
    public static ImmutableDictionary<int, ImmutableArray<Evidence>> Of(ImmutableArray<int> slate, NegotiationTable table, NegotiationFacts said)
    {
        var opening = Opening.Of(table.Window.Candidates, table.SlateSize).Select(candidate => candidate.Handle).ToHashSet();
        var reasons = ImmutableDictionary.CreateBuilder<int, ImmutableArray<Evidence>>();
        foreach (var item in slate.Where(item => !opening.Contains(item)))
        {
            var asked = said.Objections
                .Where(objection => objection.Changes.Any(change => change is Replace replace && replace.In == item))
                .OrderBy(objection => objection.Reading.Rule.Severity is RuleSeverity.Soft)
                .Select(objection => objection.Reading.Rule)
                .Select(rule => new Evidence(EvidenceKind.Rule, null, rule.Facet, rule.Id, Wording.Asked(rule)));
            var bids = said.Bids
                .Where(bid => bid.Handle == item && bid.Amount > 0)
                .Select(_ => new Evidence(EvidenceKind.Bid, null, null, null, Wording.Bid));
            var spoken = said.Arguments
                .Where(argument => argument.Handle == item)
                .Select(argument => new Evidence(EvidenceKind.Bid, null, argument.Facet, argument.Value, Wording.Argued(argument)));
            ImmutableArray<Evidence> isNew = said.Exploring.Contains(item)
                ? [new Evidence(EvidenceKind.Fact, null, null, null, Wording.New)]
                : [];
            reasons[item] = [.. asked, .. bids, .. spoken, .. isNew];
        }
        return reasons.ToImmutable();
    }
}
