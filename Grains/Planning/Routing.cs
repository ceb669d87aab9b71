using System.Collections.Immutable;

namespace AgentRec.Grains.Planning;

/// <summary>What the planner decides to ask for in a turn, and why.</summary>
/// <param name="Tools">Names of the sources, in the order of asking.</param>
/// <param name="Reason">Why, in a sentence.</param>
internal sealed record Route(ImmutableArray<string> Tools, string Reason);

/// <summary>Routes by state: what is known of the user, and whether something was asked for in words.</summary>
internal static class Routing
{
    /// <summary>The user agent's scorers that need a history.</summary>
    public const string Collaborative = "collaborative";

    /// <summary>What is popular lately: for users without a history.</summary>
    public const string Trending = "trending";

    /// <summary>New items, where a policy keeps a place for one.</summary>
    public const string Exploration = "exploration";

    /// <summary>Retrieval by words.</summary>
    public const string Vectors = "vectors";

    /// <summary>Decides.</summary>
    /// <param name="history">How much is known of the user: <c>none</c>, <c>few</c>, <c>some</c> or <c>many</c>.</param>
    /// <param name="hasMessage">True when the turn asks for something in words.</param>
    public static Route Decide(string history, bool hasMessage) => (history, hasMessage) switch
    {
        ("none", false) => new([Trending], "Nothing is known of the user and nothing was asked: what others take to now."),
        ("none", true) => new([Trending, Vectors], "Nothing is known of the user: the words decide, what others take to fills up."),
        (_, false) => new([Collaborative], "The user's own history speaks."),
        (_, true) => new([Collaborative, Vectors], "The words are answered, the user's history orders."),
    };
}
