using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Protocol;

/// <summary>What a negotiation came to.</summary>
/// <param name="Table">What lay on the table.</param>
/// <param name="Slate">The slate, best first; empty when the offer was stale or nothing was eligible.</param>
/// <param name="IsStale">True when the user agent could no longer recompute its offer: negotiate anew with a fresh one.</param>
/// <param name="Protocol">The protocol's name.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Rounds">Rounds used.</param>
/// <param name="OpeningUtility">U(S0).</param>
/// <param name="Utility">U of the slate.</param>
/// <param name="Objective">J of the slate.</param>
/// <param name="BidCost">What bids cost the user: U of the optimum without bids minus U, never below 0.</param>
/// <param name="LimitExceeded">By how much U falls short of the user's last limit.</param>
/// <param name="Readings">What each rule that reads whole slates came to, in the rule set's order.</param>
/// <param name="Relaxed">Hard rules that no slate can meet.</param>
/// <param name="Bids">Bids above 0.</param>
/// <param name="Absent">Agents that did not answer in time and for whom their last known offer stood in.</param>
/// <param name="Repair">The repaired slate, where the repair found one: what a negotiation has to beat.</param>
/// <param name="Search">How the search for proposals went.</param>
/// <param name="Transcript">The canonical transcript: one JSON object a line.</param>
/// <param name="TranscriptDigest">SHA-256 over the transcript, in lower-case hexadecimal.</param>
public sealed record NegotiationResult(
    NegotiationTable Table,
    ImmutableArray<Candidate> Slate,
    bool IsStale,
    string Protocol,
    NegotiationOutcome Outcome,
    int Rounds,
    double OpeningUtility,
    double Utility,
    double Objective,
    double BidCost,
    double LimitExceeded,
    ImmutableArray<RuleReading> Readings,
    ImmutableArray<RelaxedRule> Relaxed,
    ImmutableArray<Bid> Bids,
    ImmutableArray<string> Absent,
    ImmutableArray<Candidate> Repair,
    SearchEffort Search,
    string Transcript,
    string TranscriptDigest)
{
    /// <summary>True when fewer items than asked for could be shown.</summary>
    public bool IsShort => Slate.Length < Table.SlateSize;

    /// <summary>U of the slate over U of the opening; 1 when the opening's is 0.</summary>
    public double UtilityKept => OpeningUtility > 0 ? Utility / OpeningUtility : 1;

    /// <summary>What the planner claims when it asks for a certificate.</summary>
    public SlateClaim Claim() => new(
        [.. Slate.Select(candidate => candidate.ItemId)],
        Table.SlateSize,
        Table.Window.Digest,
        Table.Window.Candidates.Length,
        Outcome,
        new CertifiedResult(
            Protocol,
            IsShort,
            Rounds,
            Millionths.Of(OpeningUtility),
            Millionths.Of(Utility),
            Millionths.Of(BidCost),
            Millionths.Of(LimitExceeded))
        {
            Absent = Absent,
        },
        Table.Rules.Name,
        Table.Rules.Version,
        TranscriptDigest);
}

/// <summary>How much work a search took, and whether its answers are proven best.</summary>
/// <param name="Nodes">Nodes looked at.</param>
/// <param name="IsProven">False when a search ended at its limit.</param>
/// <param name="Bound">Where the greatest objective was sought: no slate has a greater one. Null under other protocols.</param>
public sealed record SearchEffort(long Nodes, bool IsProven, double? Bound = null);
