using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>What the user agent says of a slate.</summary>
/// <param name="Accepted">True when the slate keeps enough of the opening's utility.</param>
/// <param name="Stale">True when the user agent can no longer recompute its offer; the negotiation starts anew.</param>
/// <param name="Utility">U of the slate, as the user agent computes it.</param>
/// <param name="Limit">What it asks for in this round.</param>
/// <param name="Missed">On refusal: the items of the opening whose loss hurts most, by handle, worst loss first.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Response")]
public sealed record Response(
    [property: Id(0)] bool Accepted,
    [property: Id(1)] bool Stale,
    [property: Id(2)] double Utility,
    [property: Id(3)] double Limit,
    [property: Id(4)] ImmutableArray<int> Missed);
