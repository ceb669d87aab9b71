using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>
/// What a planner claims of a negotiated slate when it asks for a certificate. It is a claim: the policy agent recomputes
/// whatever it signs.
/// </summary>
/// <param name="Slate">The items, best first.</param>
/// <param name="SlateSize">How many were asked for.</param>
/// <param name="WindowDigest">Digest of the candidate window.</param>
/// <param name="WindowSize">The number of candidates in it.</param>
/// <param name="Outcome">How the negotiation ended.</param>
/// <param name="Result">The negotiation in numbers.</param>
/// <param name="PolicyName">The policy that was negotiated under.</param>
/// <param name="PolicyVersion">Its version.</param>
/// <param name="TranscriptDigest">Digest of the transcript.</param>
[GenerateSerializer, Immutable, Alias("agentrec.SlateClaim")]
public sealed record SlateClaim(
    [property: Id(0)] ImmutableArray<string> Slate,
    [property: Id(1)] int SlateSize,
    [property: Id(2)] string WindowDigest,
    [property: Id(3)] int WindowSize,
    [property: Id(4)] NegotiationOutcome Outcome,
    [property: Id(5)] CertifiedResult Result,
    [property: Id(6)] string PolicyName,
    [property: Id(7)] int PolicyVersion,
    [property: Id(8)] string TranscriptDigest);
