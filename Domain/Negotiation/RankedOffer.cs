using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>The call for ranked offers: what every agent is told before it names the slate that it would rather have.</summary>
/// <param name="Round">The round, from 1.</param>
/// <param name="Size">How many items an offer ranks.</param>
/// <param name="LastOffer">What came of the last round, by handle; empty in the first.</param>
/// <param name="Rejected">Items voted out, by handle.</param>
[GenerateSerializer, Immutable, Alias("agentrec.OfferCall")]
public sealed record OfferCall(
    [property: Id(0)] int Round,
    [property: Id(1)] int Size,
    [property: Id(2)] ImmutableArray<int> LastOffer,
    [property: Id(3)] ImmutableArray<int> Rejected);

/// <summary>An agent's ranked offer.</summary>
/// <param name="Agent">Who offers (see <see cref="AgentNames"/>).</param>
/// <param name="Ranking">The items, by handle, the most wanted first.</param>
[GenerateSerializer, Immutable, Alias("agentrec.RankedOffer")]
public sealed record RankedOffer([property: Id(0)] string Agent, [property: Id(1)] ImmutableArray<int> Ranking);

/// <summary>The parties to a negotiation by name, as offers, transcripts and certificates call them.</summary>
public static class AgentNames
{
    /// <summary>The user agent.</summary>
    public const string User = "user";

    /// <summary>The item agents together.</summary>
    public const string Items = "items";

    /// <summary>The policy agent.</summary>
    public const string Policy = "policy";
}
