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
/// <param name="Relaxed">The hard rules that were relaxed.</param>
/// <param name="TranscriptDigest">Digest of the transcript.</param>
[GenerateSerializer, Immutable, Alias("agentrec.SlateClaim")]
public sealed record SlateClaim(
    [property: Id(0)] ImmutableArray<string> Slate,
    [property: Id(1)] int SlateSize,
    [property: Id(2)] string WindowDigest,
    [property: Id(3)] int WindowSize,
    [property: Id(4)] NegotiationOutcome Outcome,
    [property: Id(5)] CertifiedResult Result,
    [property: Id(6)] ImmutableArray<string> Relaxed,
    [property: Id(7)] string TranscriptDigest);
