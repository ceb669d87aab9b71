using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>How a slate would have fared.</summary>
/// <param name="AlreadyMet">True when the slate as it was served keeps every rule.</param>
/// <param name="Missed">Hard and safety rules that the served slate misses.</param>
/// <param name="Outcome">How the negotiation would have ended.</param>
/// <param name="Short">True when fewer items than asked for could have been shown.</param>
/// <param name="Relaxed">Hard rules that no slate of the window meets.</param>
/// <param name="ServedKept">U of the served slate over U of the opening as it was then.</param>
/// <param name="RehearsedKept">U of the rehearsed slate over the same.</param>
/// <param name="Replaced">Items of the rehearsed slate that the served one lacks.</param>
[GenerateSerializer, Immutable, Alias("agentrec.RehearsedSlate")]
public sealed record RehearsedSlate(
    [property: Id(0)] bool AlreadyMet,
    [property: Id(1)] ImmutableArray<string> Missed,
    [property: Id(2)] NegotiationOutcome Outcome,
    [property: Id(3)] bool Short,
    [property: Id(4)] ImmutableArray<string> Relaxed,
    [property: Id(5)] double ServedKept,
    [property: Id(6)] double RehearsedKept,
    [property: Id(7)] int Replaced);
