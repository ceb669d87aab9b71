using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Grains.Abstractions.Planning;

/// <summary>Names one version of a rule set.</summary>
/// <param name="Name">The rule set's name.</param>
/// <param name="Version">Its version.</param>
[GenerateSerializer, Immutable, Alias("agentrec.PolicyReference")]
public sealed record PolicyReference([property: Id(0)] string Name, [property: Id(1)] int Version);

/// <summary>What a turn needs from the user agent's scorers.</summary>
/// <param name="Policy">The rules in force: their safety rules filter, their bounds reserve places.</param>
/// <param name="SlateSize">The slate's size.</param>
/// <param name="WindowSize">How many candidates are wanted.</param>
/// <param name="Constraints">The constraints in force.</param>
/// <param name="Seed">Orders ties.</param>
[GenerateSerializer, Immutable, Alias("agentrec.NominationNeed")]
public sealed record NominationNeed(
    [property: Id(0)] PolicyReference Policy,
    [property: Id(1)] int SlateSize,
    [property: Id(2)] int WindowSize,
    [property: Id(3)] ImmutableArray<Constraint> Constraints,
    [property: Id(4)] ulong Seed)
{
    /// <summary>What the session has learnt by asking.</summary>
    [Id(5)]
    public SessionEvidence Evidence { get; init; } = SessionEvidence.None;
}

/// <summary>The user agent's private candidates and the little it tells of its user.</summary>
/// <param name="Candidates">Handles, best first: the best of what active bounds need are among them.</param>
/// <param name="Widenings">How often the window was doubled until a slate in it satisfies all hard rules.</param>
/// <param name="Eligible">How many items of the catalogue may be shown to this user at all.</param>
/// <param name="Summary">A coarse summary.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Nomination")]
public sealed record Nomination(
    [property: Id(0)] ImmutableArray<int> Candidates,
    [property: Id(1)] int Widenings,
    [property: Id(2)] int Eligible,
    [property: Id(3)] UserSummary Summary);

/// <summary>What a user agent tells of its user: buckets, never interactions.</summary>
/// <param name="History">How much is known: <c>none</c>, <c>few</c> (1 to 4), <c>some</c> (5 to 19) or <c>many</c>.</param>
/// <param name="LastActive">How long ago: <c>never</c>, <c>today</c>, <c>month</c> or <c>earlier</c>.</param>
/// <param name="Segment">The audience segment that item agents see, in [0, 64).</param>
[GenerateSerializer, Immutable, Alias("agentrec.UserSummary")]
public sealed record UserSummary([property: Id(0)] string History, [property: Id(1)] string LastActive, [property: Id(2)] int Segment);

/// <summary>A window for the user agent to put figures to.</summary>
/// <param name="Policy">The rules in force.</param>
/// <param name="Window">Handles of the candidates, in any order.</param>
/// <param name="Asked">Handles that answer the turn's message, with how well, in [0,1].</param>
/// <param name="Constraints">The constraints in force.</param>
/// <param name="Seed">Orders ties.</param>
[GenerateSerializer, Immutable, Alias("agentrec.AdvocacyRequest")]
public sealed record AdvocacyRequest(
    [property: Id(0)] PolicyReference Policy,
    [property: Id(1)] ImmutableArray<int> Window,
    [property: Id(2)] ImmutableArray<Match> Asked,
    [property: Id(3)] ImmutableArray<Constraint> Constraints,
    [property: Id(4)] ulong Seed)
{
    /// <summary>What the session has learnt by asking.</summary>
    [Id(5)]
    public SessionEvidence Evidence { get; init; } = SessionEvidence.None;

    /// <summary>True where the figures alone are wanted: nothing is pinned, and the offer has no id. Planners of builds before this one ask so before they ask a question.</summary>
    [Id(6)]
    public bool IsLook { get; init; }
}

/// <summary>How well an item answers what was asked.</summary>
/// <param name="Handle">The item.</param>
/// <param name="Similarity">In [0,1].</param>
[GenerateSerializer, Immutable, Alias("agentrec.Match")]
public readonly record struct Match([property: Id(0)] int Handle, [property: Id(1)] double Similarity);

/// <summary>The user agent's pinned figures.</summary>
/// <param name="OfferId">Names the pin.</param>
/// <param name="Sequence">The log sequence of the memory that the figures rest on.</param>
/// <param name="ModelVersion">The version of the models that the figures rest on.</param>
/// <param name="Candidates">The candidates in canonical order, those that may not be shown left out.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Offer")]
public sealed record Offer(
    [property: Id(0)] string OfferId,
    [property: Id(1)] long Sequence,
    [property: Id(2)] string ModelVersion,
    [property: Id(3)] ImmutableArray<Candidate> Candidates)
{
    /// <summary>How what the user took to spreads over the facets of calibration rules; empty without such rules.</summary>
    [Id(4)]
    public ImmutableArray<FacetShares> Targets { get; init; } = [];

    /// <summary>Why the ranking model had no say in the figures; null where it had one, or there is none.</summary>
    [Id(5)]
    public string? Unranked { get; init; }
}

/// <summary>A slate proposed to the user agent.</summary>
/// <param name="OfferId">The pinned offer.</param>
/// <param name="Slate">Handles, best first.</param>
/// <param name="Round">The round, from 1.</param>
/// <param name="SlateSize">The size asked for: the opening has this many items.</param>
/// <param name="Policy">The rules whose concession settings apply.</param>
[GenerateSerializer, Immutable, Alias("agentrec.OfferProposal")]
public sealed record OfferProposal(
    [property: Id(0)] string OfferId,
    [property: Id(1)] ImmutableArray<int> Slate,
    [property: Id(2)] int Round,
    [property: Id(3)] int SlateSize,
    [property: Id(4)] PolicyReference Policy);

/// <summary>A call for the user agent's ranked offer.</summary>
/// <param name="OfferId">The pinned offer.</param>
/// <param name="Policy">The rules whose concession settings apply.</param>
/// <param name="Call">The call.</param>
[GenerateSerializer, Immutable, Alias("agentrec.RankRequest")]
public sealed record RankRequest([property: Id(0)] string OfferId, [property: Id(1)] PolicyReference Policy, [property: Id(2)] OfferCall Call);

/// <summary>A call for the policy agent's ranked offer.</summary>
/// <param name="Policy">The version that counts.</param>
/// <param name="Window">What may be offered, in canonical order.</param>
/// <param name="Call">The call.</param>
[GenerateSerializer, Immutable, Alias("agentrec.PolicyRankRequest")]
public sealed record PolicyRankRequest(
    [property: Id(0)] PolicyReference Policy, [property: Id(1)] ImmutableArray<Candidate> Window, [property: Id(2)] OfferCall Call)
{
    /// <summary>The models that the offer was pinned at: their strata count, whatever has been activated since.</summary>
    [Id(3)]
    public string ModelVersion { get; init; } = "";
}

/// <summary>Served slates to be rehearsed under another rule set.</summary>
/// <param name="Content">The rule set as JSON, valid.</param>
/// <param name="CertificateIds">The slates' certificates.</param>
[GenerateSerializer, Immutable, Alias("agentrec.RehearsalRequest")]
public sealed record RehearsalRequest([property: Id(0)] string Content, [property: Id(1)] ImmutableArray<string> CertificateIds);

/// <summary>A slate held up to the policy agent.</summary>
/// <param name="Policy">The version that counts.</param>
/// <param name="Window">What the slate may be changed within, in canonical order.</param>
/// <param name="Slate">Handles, best first.</param>
/// <param name="Relaxed">Hard rules that no slate can meet, with the bounds that stand in for theirs.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ReviewRequest")]
public sealed record ReviewRequest(
    [property: Id(0)] PolicyReference Policy,
    [property: Id(1)] ImmutableArray<Candidate> Window,
    [property: Id(2)] ImmutableArray<int> Slate,
    [property: Id(3)] ImmutableArray<RelaxedRule> Relaxed)
{
    /// <summary>The models that the offer was pinned at: their strata count, whatever has been activated since.</summary>
    [Id(4)]
    public string ModelVersion { get; init; } = "";
}

/// <summary>A slate to be certified.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="UserId">The user.</param>
/// <param name="Turn">The turn's number.</param>
/// <param name="Seed">The turn's seed, from which the certificate's id derives.</param>
/// <param name="Policy">The version in force.</param>
/// <param name="Window">The window in canonical order.</param>
/// <param name="Sequence">The log sequence that the offer was pinned at.</param>
/// <param name="ModelVersion">The models that the offer was pinned at.</param>
/// <param name="LedgerVersion">The exposure ledger that bids read; 0 when no bids were asked for.</param>
/// <param name="SlateSize">How many items were asked for.</param>
/// <param name="Protocol">The protocol whose terms apply.</param>
/// <param name="Absent">Agents that did not answer the planner in time, in ordinal order.</param>
/// <param name="Claim">How the proposer says the slate came about; checked, not believed.</param>
[GenerateSerializer, Immutable, Alias("agentrec.CertifyRequest")]
public sealed record CertifyRequest(
    [property: Id(0)] string SessionId,
    [property: Id(1)] string UserId,
    [property: Id(2)] int Turn,
    [property: Id(3)] ulong Seed,
    [property: Id(4)] PolicyReference Policy,
    [property: Id(5)] ImmutableArray<Candidate> Window,
    [property: Id(6)] long Sequence,
    [property: Id(7)] string ModelVersion,
    [property: Id(8)] long LedgerVersion,
    [property: Id(9)] int SlateSize,
    [property: Id(10)] string Protocol,
    [property: Id(11)] ImmutableArray<string> Absent,
    [property: Id(12)] SlateClaim Claim);

/// <summary>The answer to a request for a certificate.</summary>
/// <param name="CertificateId">The certificate's id; null when it was refused.</param>
/// <param name="Certificate">The certificate in canonical JSON.</param>
/// <param name="Window">The window as JSON, to be kept beside it.</param>
/// <param name="Approved">What may be shown; null when it was refused.</param>
/// <param name="Findings">Why it was refused.</param>
[GenerateSerializer, Immutable, Alias("agentrec.CertifyOutcome")]
public sealed record CertifyOutcome(
    [property: Id(0)] string? CertificateId,
    [property: Id(1)] string? Certificate,
    [property: Id(2)] string? Window,
    [property: Id(3)] ApprovedResult? Approved,
    [property: Id(4)] ImmutableArray<Finding> Findings);

/// <summary>What a certificate says that a client is told.</summary>
/// <param name="Slate">The certified items, best first.</param>
/// <param name="Negotiation">How the slate came about.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ApprovedResult")]
public sealed record ApprovedResult([property: Id(0)] ImmutableArray<string> Slate, [property: Id(1)] NegotiationSummary Negotiation);

/// <summary>A slate to be explained.</summary>
/// <param name="OfferId">The pinned offer.</param>
/// <param name="Slate">Handles, best first.</param>
/// <param name="Constraints">The constraints in force.</param>
/// <param name="Reasons">What the negotiation contributed, by handle: rules and bids that brought an item in.</param>
/// <param name="Policy">The rules in force.</param>
/// <param name="Negotiation">What was said in the negotiation: reasons that do not follow from it are not shown.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ExplanationRequest")]
public sealed record ExplanationRequest(
    [property: Id(0)] string OfferId,
    [property: Id(1)] ImmutableArray<int> Slate,
    [property: Id(2)] ImmutableArray<Constraint> Constraints,
    [property: Id(3)] ImmutableDictionary<int, ImmutableArray<Evidence>> Reasons,
    [property: Id(4)] PolicyReference Policy,
    [property: Id(5)] NegotiationFacts Negotiation);

/// <summary>What agents said in a negotiation, for those who check what is claimed of it.</summary>
/// <param name="Objections">What the policy agent said to the user's own slate.</param>
/// <param name="Bids">The bids that item agents made and that counted.</param>
/// <param name="Exploring">New items, by handle, that could have the place kept for such.</param>
[GenerateSerializer, Immutable, Alias("agentrec.NegotiationFacts")]
public sealed record NegotiationFacts(
    [property: Id(0)] ImmutableArray<Objection> Objections, [property: Id(1)] ImmutableArray<Bid> Bids, [property: Id(2)] ImmutableArray<int> Exploring)
{
    /// <summary>Nothing was said.</summary>
    public static NegotiationFacts None { get; } = new([], [], []);

    /// <summary>What advocates said for items.</summary>
    [Id(3)]
    public ImmutableArray<Argument> Arguments { get; init; } = [];
}
