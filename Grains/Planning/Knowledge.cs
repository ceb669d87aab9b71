using System.Collections.Immutable;

namespace AgentRec.Grains.Planning;

/// <summary>
/// What a planner knows when it decides: the state that evidence is judged by. Everything but the history is known before anyone
/// is asked; the history comes as a bucket with the user agent's nomination, and is all that the planner ever learns of it.
/// </summary>
/// <param name="History">How much the user agent knows: <c>none</c>, <c>few</c>, <c>some</c> or <c>many</c>; null until it has said so.</param>
/// <param name="HasWords">True when the turn asks for something in words.</param>
/// <param name="IsReturning">True when the session had turns before.</param>
/// <param name="Resting">The tools that are left alone after failures.</param>
internal sealed record Knowledge(string? History, bool HasWords, bool IsReturning, ImmutableArray<string> Resting)
{
    /// <summary>The history buckets, as <see cref="Abstractions.Planning.UserSummary.History"/> names them.</summary>
    public static readonly ImmutableArray<string> Histories = [NoHistory, "few", "some", "many"];

    /// <summary>Nothing is known of the user.</summary>
    public const string NoHistory = "none";
}
