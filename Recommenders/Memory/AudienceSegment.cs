using AgentRec.Domain;

namespace AgentRec.Recommenders.Memory;

/// <summary>
/// The little that others learn of a user: how much is known, how long ago the user was last active, and one of 64 audience
/// segments (how much is known, and which genre leads).
/// </summary>
public static class AudienceSegment
{
    /// <summary>The number of segments.</summary>
    public const int Count = 64;

    private const int GenreBuckets = 16;

    /// <summary>How much is known: <c>none</c>, <c>few</c> (1 to 4 items taken to), <c>some</c> (5 to 19) or <c>many</c>.</summary>
    /// <param name="memory">The user's memory.</param>
    public static string History(UserMemory memory) => memory.Positives.Count switch
    {
        0 => "none",
        < 5 => "few",
        < 20 => "some",
        _ => "many",
    };

    /// <summary>How long ago the user was active: <c>never</c>, <c>today</c> (24 hours), <c>month</c> (30 days) or <c>earlier</c>.</summary>
    /// <param name="memory">The user's memory.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static string LastActive(UserMemory memory, long now) => memory.LastActive switch
    {
        null => "never",
        { } at when now - at < TimeSpan.FromDays(1).TotalMilliseconds => "today",
        { } at when now - at < TimeSpan.FromDays(30).TotalMilliseconds => "month",
        _ => "earlier",
    };

    /// <summary>The segment, in [0, <see cref="Count"/>).</summary>
    /// <param name="memory">The user's memory.</param>
    public static int Of(UserMemory memory)
    {
        var level = memory.Positives.Count switch { 0 => 0, < 5 => 1, < 20 => 2, _ => 3 };
        var leading = memory.Affinities
            .Where(affinity => string.Equals(affinity.Facet, FacetNames.Genre, StringComparison.Ordinal))
            .MaxBy(affinity => affinity.Signal);
        var genre = leading is { Signal: > 0 } ? (int)(StableHash.Of(0, leading.Value) % GenreBuckets) : 0;
        return (level * GenreBuckets) + genre;
    }
}
