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
    [property: Id(4)] ulong Seed);

/// <summary>The user agent's private candidates and the little it tells of its user.</summary>
/// <param name="Candidates">Handles, in canonical order.</param>
/// <param name="Eligible">How many items of the catalogue may be shown to this user at all.</param>
/// <param name="Summary">A coarse summary.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Nomination")]
public sealed record Nomination(
    [property: Id(0)] ImmutableArray<int> Candidates,
    [property: Id(1)] int Eligible,
    [property: Id(2)] UserSummary Summary);

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
    [property: Id(4)] ulong Seed);

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
    [property: Id(3)] ImmutableArray<Candidate> Candidates);

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

/// <summary>The user agent's answer.</summary>
/// <param name="Accepted">True when the slate is good enough for this round.</param>
/// <param name="Stale">True when the offer is no longer pinned: the negotiation starts over.</param>
/// <param name="Utility">U of the slate.</param>
/// <param name="Losses">On refusal: handles whose absence hurts most.</param>
[GenerateSerializer, Immutable, Alias("agentrec.OfferResponse")]
public sealed record OfferResponse(
    [property: Id(0)] bool Accepted,
    [property: Id(1)] bool Stale,
    [property: Id(2)] double Utility,
    [property: Id(3)] ImmutableArray<int> Losses);

/// <summary>A slate held up to the policy agent.</summary>
/// <param name="Policy">The version that counts.</param>
/// <param name="Slate">Handles, best first.</param>
/// <param name="Window">Handles that the slate may be changed within, in canonical order.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ReviewRequest")]
public sealed record ReviewRequest(
    [property: Id(0)] PolicyReference Policy,
    [property: Id(1)] ImmutableArray<int> Slate,
    [property: Id(2)] ImmutableArray<int> Window);

/// <summary>The policy agent's objections.</summary>
/// <param name="Objections">One for each rule that does not hold; empty when all do.</param>
[GenerateSerializer, Immutable, Alias("agentrec.PolicyReview")]
public sealed record PolicyReview([property: Id(0)] ImmutableArray<PolicyObjection> Objections);

/// <summary>One objection.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Value">What the slate has.</param>
/// <param name="Bound">What the rule asks.</param>
/// <param name="Hard">True for a hard rule.</param>
/// <param name="Violation">How much is missing, in [0,1].</param>
/// <param name="Changes">Changes that would help, at most 32.</param>
[GenerateSerializer, Immutable, Alias("agentrec.PolicyObjection")]
public sealed record PolicyObjection(
    [property: Id(0)] string Rule,
    [property: Id(1)] double Value,
    [property: Id(2)] double Bound,
    [property: Id(3)] bool Hard,
    [property: Id(4)] double Violation,
    [property: Id(5)] ImmutableArray<SlateChange> Changes);

/// <summary>A change to a slate: <c>replace(out, in)</c> with handles, or <c>move(from, to)</c> with places from 0.</summary>
/// <param name="Move">True for a move.</param>
/// <param name="From">The handle that leaves, or the place moved from.</param>
/// <param name="To">The handle that enters, or the place moved to.</param>
[GenerateSerializer, Immutable, Alias("agentrec.SlateChange")]
public readonly record struct SlateChange([property: Id(0)] bool Move, [property: Id(1)] int From, [property: Id(2)] int To);

/// <summary>A slate to be certified.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="UserId">The user.</param>
/// <param name="Turn">The turn's number.</param>
/// <param name="Seed">The turn's seed, from which the certificate's id derives.</param>
/// <param name="Policy">The version in force.</param>
/// <param name="Slate">Handles, best first.</param>
/// <param name="SlateSize">The size asked for.</param>
/// <param name="Window">The window in canonical order.</param>
/// <param name="Sequence">The log sequence that the offer was pinned at.</param>
/// <param name="ModelVersion">The models that the offer was pinned at.</param>
/// <param name="Claim">How the proposer says the slate came about; checked, not believed.</param>
[GenerateSerializer, Immutable, Alias("agentrec.CertifyRequest")]
public sealed record CertifyRequest(
    [property: Id(0)] string SessionId,
    [property: Id(1)] string UserId,
    [property: Id(2)] int Turn,
    [property: Id(3)] ulong Seed,
    [property: Id(4)] PolicyReference Policy,
    [property: Id(5)] ImmutableArray<int> Slate,
    [property: Id(6)] int SlateSize,
    [property: Id(7)] ImmutableArray<Candidate> Window,
    [property: Id(8)] long Sequence,
    [property: Id(9)] string ModelVersion,
    [property: Id(10)] NegotiationClaim Claim);

/// <summary>How a proposer says that a slate came about.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Rounds">Rounds used.</param>
/// <param name="OpeningUtility">U of the opening.</param>
/// <param name="FinalUtility">U of the slate.</param>
/// <param name="BidCost">What bids cost the user.</param>
/// <param name="LimitExceeded">By how much an arbitrated slate exceeds the user's limit.</param>
/// <param name="Relaxed">Rules set to a nearest attainable bound: rule id and bound.</param>
/// <param name="TranscriptDigest">Digest of the transcript.</param>
[GenerateSerializer, Immutable, Alias("agentrec.NegotiationClaim")]
public sealed record NegotiationClaim(
    [property: Id(0)] string Protocol,
    [property: Id(1)] NegotiationOutcome Outcome,
    [property: Id(2)] int Rounds,
    [property: Id(3)] double OpeningUtility,
    [property: Id(4)] double FinalUtility,
    [property: Id(5)] double BidCost,
    [property: Id(6)] double LimitExceeded,
    [property: Id(7)] ImmutableArray<Relaxation> Relaxed,
    [property: Id(8)] string TranscriptDigest);

/// <summary>The answer to a request for a certificate.</summary>
/// <param name="CertificateId">The certificate's id; null when it was refused.</param>
/// <param name="Certificate">The certificate in canonical JSON.</param>
/// <param name="Window">The window as JSON, to be kept beside it.</param>
/// <param name="Findings">Why it was refused.</param>
[GenerateSerializer, Immutable, Alias("agentrec.CertifyOutcome")]
public sealed record CertifyOutcome(
    [property: Id(0)] string? CertificateId,
    [property: Id(1)] string? Certificate,
    [property: Id(2)] string? Window,
    [property: Id(3)] ImmutableArray<string> Findings);

/// <summary>A slate to be explained.</summary>
/// <param name="OfferId">The pinned offer.</param>
/// <param name="Slate">Handles, best first.</param>
/// <param name="Constraints">The constraints in force.</param>
/// <param name="Reasons">What the negotiation contributed, by handle: rules and bids that brought an item in.</param>
[GenerateSerializer, Immutable, Alias("agentrec.ExplanationRequest")]
public sealed record ExplanationRequest(
    [property: Id(0)] string OfferId,
    [property: Id(1)] ImmutableArray<int> Slate,
    [property: Id(2)] ImmutableArray<Constraint> Constraints,
    [property: Id(3)] ImmutableDictionary<int, ImmutableArray<Evidence>> Reasons);
