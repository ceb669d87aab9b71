namespace AgentRec.Domain;

/// <summary>The steps of a turn that are worth telling: one schema for the stream, the log and simulations.</summary>
public enum TurnEventKind
{
    /// <summary>The planner decided what to do next.</summary>
    Plan,

    /// <summary>A tool was asked.</summary>
    ToolCall,

    /// <summary>The user agent nominated candidates.</summary>
    Nomination,

    /// <summary>Item agents bid.</summary>
    Bid,

    /// <summary>A slate was proposed.</summary>
    Proposal,

    /// <summary>A policy agent objected.</summary>
    Objection,

    /// <summary>A side gave way.</summary>
    Concession,

    /// <summary>The window was widened.</summary>
    Widening,

    /// <summary>Hard rules outranked the user's limit.</summary>
    Arbitration,

    /// <summary>The slate is settled.</summary>
    Agreement,

    /// <summary>Last event: the slate with its explanations.</summary>
    Slate,

    /// <summary>Last event: a question.</summary>
    Question,

    /// <summary>Last event: the turn failed.</summary>
    Error,

    /// <summary>First event: what was read from the message, before anybody else is asked.</summary>
    Heard,
}

/// <summary>One step of a turn.</summary>
/// <param name="Number">Its number in the turn, from 1 without gaps.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Data">The details: one JSON object, camelCase.</param>
[GenerateSerializer, Immutable, Alias("agentrec.TurnEvent")]
public sealed record TurnEvent([property: Id(0)] int Number, [property: Id(1)] TurnEventKind Kind, [property: Id(2)] string Data)
{
    /// <summary>True for the kinds that end a turn.</summary>
    public bool IsLast => Kind is TurnEventKind.Slate or TurnEventKind.Question or TurnEventKind.Error;
}
