using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace AgentRec.Domain;

/// <summary>
/// What can happen to a user. The log of a user is a gap-free sequence of these, and everything that is remembered of the
/// user is a fold over it.
/// </summary>
[GenerateSerializer, Immutable, Alias("agentrec.UserEvent")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(InteractionRecorded), "interaction")]
[JsonDerivedType(typeof(SessionOpened), "session-opened")]
[JsonDerivedType(typeof(SessionClosed), "session-closed")]
[JsonDerivedType(typeof(TurnTaken), "turn")]
[JsonDerivedType(typeof(MemoryCorrected), "correction")]
[JsonDerivedType(typeof(MemoryForgotten), "forget")]
public abstract record UserEvent;

/// <summary>The user did something with an item.</summary>
/// <param name="Interaction">What was done.</param>
[GenerateSerializer, Immutable, Alias("agentrec.InteractionRecorded")]
public sealed record InteractionRecorded([property: Id(0)] Interaction Interaction) : UserEvent;

/// <summary>A session was opened.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Seed">The seed that its ids and ties derive from.</param>
/// <param name="Context">What the client said about the situation, by name.</param>
[GenerateSerializer, Immutable, Alias("agentrec.SessionOpened")]
public sealed record SessionOpened(
    [property: Id(0)] string SessionId,
    [property: Id(1)] ulong Seed,
    [property: Id(2)] ImmutableSortedDictionary<string, string> Context) : UserEvent;

/// <summary>A session was closed.</summary>
/// <param name="SessionId">The session.</param>
[GenerateSerializer, Immutable, Alias("agentrec.SessionClosed")]
public sealed record SessionClosed([property: Id(0)] string SessionId) : UserEvent;

/// <summary>A turn was finished; what it showed counts as exposure.</summary>
/// <param name="Turn">The turn.</param>
[GenerateSerializer, Immutable, Alias("agentrec.TurnTaken")]
public sealed record TurnTaken([property: Id(0)] TurnRecord Turn) : UserEvent;

/// <summary>The user stated preferences, or took them back; they come before everything inferred.</summary>
/// <param name="Corrections">What was stated, in order.</param>
[GenerateSerializer, Immutable, Alias("agentrec.MemoryCorrected")]
public sealed record MemoryCorrected([property: Id(0)] ImmutableArray<Correction> Corrections) : UserEvent;

/// <summary>The user asked to be forgotten: nothing before this event counts.</summary>
[GenerateSerializer, Immutable, Alias("agentrec.MemoryForgotten")]
public sealed record MemoryForgotten : UserEvent;

/// <summary>What a user says about a facet value.</summary>
public enum Attitude
{
    /// <summary>More of it.</summary>
    Like,

    /// <summary>Less of it.</summary>
    Dislike,

    /// <summary>None of it.</summary>
    Never,

    /// <summary>Whatever was stated before no longer holds.</summary>
    Neutral,
}

/// <summary>One stated preference.</summary>
/// <param name="Facet">The facet's name.</param>
/// <param name="Value">The value.</param>
/// <param name="Attitude">What the user says about it.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Correction")]
public sealed record Correction([property: Id(0)] string Facet, [property: Id(1)] string Value, [property: Id(2)] Attitude Attitude);

/// <summary>An event with its place in the user's log.</summary>
/// <param name="Sequence">From 1 without gaps within a user.</param>
/// <param name="At">When it was appended, in domain time.</param>
/// <param name="Event">What happened.</param>
[GenerateSerializer, Immutable, Alias("agentrec.LoggedEvent")]
public sealed record LoggedEvent(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] UserEvent Event);
