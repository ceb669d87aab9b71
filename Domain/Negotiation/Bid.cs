using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>The call for bids: what item agents near the cut are told.</summary>
/// <param name="Cut">The utility of the opening's last item.</param>
/// <param name="Band">The width around the cut within which items are asked.</param>
/// <param name="Beta">The greatest bid.</param>
/// <param name="Invited">The items asked, by handle, nearest to the cut first.</param>
[GenerateSerializer, Immutable, Alias("agentrec.BidCall")]
public sealed record BidCall(
    [property: Id(0)] double Cut,
    [property: Id(1)] double Band,
    [property: Id(2)] double Beta,
    [property: Id(3)] ImmutableArray<int> Invited);

/// <summary>An item agent's bid for a place.</summary>
/// <param name="Handle">The item.</param>
/// <param name="Amount">What it bids, in units of utility; taken into [0, beta].</param>
/// <param name="Reason">Why, in a sentence that a person can read.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Bid")]
public sealed record Bid([property: Id(0)] int Handle, [property: Id(1)] double Amount, [property: Id(2)] string Reason);
