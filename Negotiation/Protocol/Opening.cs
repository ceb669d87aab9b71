using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Protocol;

/// <summary>S0: the k candidates of highest utility, equal ones in the window's order.</summary>
public static class Opening
{
    /// <summary>The opening of an offer; shorter than k when the offer is.</summary>
    /// <param name="offer">The candidates in canonical order.</param>
    /// <param name="slateSize">k.</param>
    public static ImmutableArray<Candidate> Of(ImmutableArray<Candidate> offer, int slateSize) =>
        [.. offer.OrderByDescending(candidate => candidate.Utility).Take(slateSize)];
}
