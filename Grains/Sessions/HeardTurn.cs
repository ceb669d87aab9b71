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
/// <param name="MayAsk">True when the turn may be answered with a question.</param>
internal sealed record HeardTurn(
    TurnRequest Request, ImmutableArray<Constraint> Constraints, TurnWishes Wishes, ImmutableArray<string> NotUnderstood, bool MayAsk)
{
    /// <summary>
    /// Brings together what a session keeps, what was answered, what the message says and what the client states: first what is taken
    /// back, then the answer, then the words, then the client's own constraints, which have the last word.
    /// </summary>
    /// <param name="request">What the client sent.</param>
    /// <param name="reading">What was read from its words.</param>
    /// <param name="kept">The constraints that the session keeps.</param>
    /// <param name="given">The option that was chosen; null where none was.</param>
    /// <param name="mode">Whether turns that do not say may be answered with a question.</param>
    public static HeardTurn Of(TurnRequest request, RequestReading reading, ImmutableArray<Constraint> kept, AnswerGiven? given, QuestionMode mode)
    {
        foreach (var facet in request.Withdraw ?? [])
            kept = ConstraintSet.Withdraw(kept, facet, []);
        foreach (var withdrawal in reading.Withdrawals)
            kept = withdrawal.Facet is { } facet ? ConstraintSet.Withdraw(kept, facet, withdrawal.Values) : [];
        if (given is not null)
            kept = ConstraintSet.AddAnswer(kept, given.Constraints);
        return new HeardTurn(
            request with { Message = reading.Query, SlateSize = reading.Quantity ?? request.SlateSize },
            ConstraintSet.Add(ConstraintSet.Add(kept, reading.Constraints), request.Constraints),
            new TurnWishes([.. reading.Anchors.Select(anchor => anchor.ItemId)], [.. reading.Orderings.Select(order => new OrderingWish(order.Facet, order.IsDescending))]),
            reading.NotUnderstood,
            IsAskingWelcome(request, reading, kept, request.Questions ?? mode));
    }

    private static bool IsAskingWelcome(TurnRequest request, RequestReading reading, ImmutableArray<Constraint> kept, QuestionMode mode) => mode switch
    {
        _ when reading.IsImpatient => false,
        QuestionMode.Never => false,
        QuestionMode.Eager => true,
        _ when !reading.SaysNothingInParticular || !request.Constraints.IsEmpty || request.Withdraw is not null => false,
        // Words that name nothing leave it open, unless it was said before; where there are no words, a slate is what is asked for.
        _ => request.Answer is not null || (request.Message is not null && kept.IsEmpty),
    };
}
