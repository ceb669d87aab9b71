using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Language.Readings;

namespace AgentRec.Grains.Sessions;

/// <summary>A turn once its message is read: what the planner is asked for.</summary>
/// <param name="Request">The request, with what is left of the message for a text search, and the size that the message asks for.</param>
/// <param name="Constraints">The constraints in force.</param>
/// <param name="Wishes">What no constraint can say.</param>
/// <param name="NotUnderstood">The words that nothing was made of.</param>
internal sealed record HeardTurn(TurnRequest Request, ImmutableArray<Constraint> Constraints, TurnWishes Wishes, ImmutableArray<string> NotUnderstood)
{
    /// <summary>
    /// Brings together what a session keeps, what the message says and what the client states: first what is taken back, then the
    /// words, then the client's own constraints, which have the last word.
    /// </summary>
    /// <param name="request">What the client sent.</param>
    /// <param name="reading">What was read from its message.</param>
    /// <param name="kept">The constraints that the session keeps.</param>
    public static HeardTurn Of(TurnRequest request, RequestReading reading, ImmutableArray<Constraint> kept)
    {
        foreach (var facet in request.Withdraw ?? [])
            kept = ConstraintSet.Withdraw(kept, facet, []);
        foreach (var withdrawal in reading.Withdrawals)
            kept = withdrawal.Facet is { } facet ? ConstraintSet.Withdraw(kept, facet, withdrawal.Values) : [];
        return new HeardTurn(
            request with { Message = reading.Query, SlateSize = reading.Quantity ?? request.SlateSize },
            ConstraintSet.Add(ConstraintSet.Add(kept, reading.Constraints), request.Constraints),
            new TurnWishes([.. reading.Anchors.Select(anchor => anchor.ItemId)], [.. reading.Orderings.Select(order => new OrderingWish(order.Facet, order.IsDescending))]),
            reading.NotUnderstood);
    }
}
