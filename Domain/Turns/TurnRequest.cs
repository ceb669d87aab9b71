using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>What a client asks for in one turn of a session.</summary>
/// <param name="TurnId">The client's own id of the turn, which makes a repetition harmless; null: one is derived.</param>
/// <param name="Message">What the user said, in plain language.</param>
/// <param name="Constraints">Constraints to add to those that the session keeps.</param>
/// <param name="SlateSize">How many items are wanted, 1 to 50; a number in the message comes before it.</param>
/// <param name="Policy">The name of the rule set; null: the default one.</param>
/// <param name="Protocol">The negotiation protocol; null: the policy's own.</param>
/// <param name="Answer">The answer to the session's open question.</param>
/// <param name="ExplainPolicy">True to be told what the slate would have been without each rule; null is the same as false.</param>
/// <param name="Withdraw">Facets of which the session forgets its constraints before the new ones are added; null: none.</param>
/// <param name="Questions">Whether the turn may be answered with a question; null: as the node's settings say.</param>
[GenerateSerializer, Immutable, Alias("agentrec.TurnRequest")]
public sealed record TurnRequest(
    [property: Id(0)] string? TurnId,
    [property: Id(1)] string? Message,
    [property: Id(2)] ImmutableArray<Constraint> Constraints,
    [property: Id(3)] int SlateSize,
    [property: Id(4)] string? Policy,
    [property: Id(5)] string? Protocol,
    [property: Id(6)] Answer? Answer,
    [property: Id(7)] bool? ExplainPolicy = null,
    [property: Id(8)] ImmutableArray<string>? Withdraw = null,
    [property: Id(9)] QuestionMode? Questions = null)
{
    /// <summary>The slate size of a request that names none.</summary>
    public const int DefaultSlateSize = 10;

    /// <summary>The greatest slate size.</summary>
    public const int GreatestSlateSize = 50;

    /// <summary>A turn that asks for nothing in particular.</summary>
    public static TurnRequest Empty { get; } = new(null, null, [], DefaultSlateSize, null, null, null);
}

/// <summary>The answer to a question that the session asked.</summary>
/// <param name="QuestionId">The question's id.</param>
/// <param name="Value">One of its options, or the user's own words.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Answer")]
public sealed record Answer([property: Id(0)] string QuestionId, [property: Id(1)] string Value);
