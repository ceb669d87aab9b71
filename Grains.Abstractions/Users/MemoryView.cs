using System.Collections.Immutable;
using System.Text.Json.Serialization;
using AgentRec.Domain;

namespace AgentRec.Grains.Abstractions.Users;

/// <summary>What is remembered of a user, in words and numbers. It is for this user's eyes.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Sequence">The log sequence up to which events are folded in; 0 for a new user.</param>
/// <param name="Sentences">The profile in words.</param>
/// <param name="Interactions">How many interactions were folded in.</param>
/// <param name="Consumed">How many items the user knows.</param>
/// <param name="LastActive">The time of the newest interaction.</param>
/// <param name="Recent">The newest interactions, newest first.</param>
/// <param name="Affinities">What the user takes to and avoids, strongest first, by inference.</param>
/// <param name="Stated">What the user stated; it comes before inference.</param>
/// <param name="Shown">How many items were shown to the user.</param>
[GenerateSerializer, Immutable, Alias("agentrec.MemoryView")]
public sealed record MemoryView(
    [property: Id(0)] string UserId,
    [property: Id(1)] long Sequence,
    [property: Id(2)] ImmutableArray<string> Sentences,
    [property: Id(3)] int Interactions,
    [property: Id(4)] int Consumed,
    [property: Id(5)] DateTimeOffset? LastActive,
    [property: Id(6)] ImmutableArray<RememberedInteraction> Recent,
    [property: Id(7)] ImmutableArray<RememberedAffinity> Affinities,
    [property: Id(8)] ImmutableArray<Correction> Stated,
    [property: Id(9)] int Shown)
{
    /// <summary>Of a correction in words: the words that nothing was made of; null where there were none to read.</summary>
    [Id(10), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? NotUnderstood { get; init; }

    /// <summary>The memory in a few words; null where none were asked for.</summary>
    [Id(11), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MemorySummary? Summary { get; init; }
}

/// <summary>One remembered interaction.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Title">The item's title.</param>
/// <param name="Type">What was done.</param>
/// <param name="Value">The rating, for ratings.</param>
/// <param name="At">When.</param>
[GenerateSerializer, Immutable, Alias("agentrec.RememberedInteraction")]
public sealed record RememberedInteraction(
    [property: Id(0)] string ItemId,
    [property: Id(1)] string Title,
    [property: Id(2)] InteractionType Type,
    [property: Id(3)] double? Value,
    [property: Id(4)] DateTimeOffset At);

/// <summary>A leaning that was inferred from interactions.</summary>
/// <param name="Facet">The facet.</param>
/// <param name="Value">The value.</param>
/// <param name="Weight">From -1 (avoids) to 1 (takes to), after decay.</param>
/// <param name="Interactions">How many interactions it rests on.</param>
[GenerateSerializer, Immutable, Alias("agentrec.RememberedAffinity")]
public sealed record RememberedAffinity(
    [property: Id(0)] string Facet,
    [property: Id(1)] string Value,
    [property: Id(2)] double Weight,
    [property: Id(3)] int Interactions);
