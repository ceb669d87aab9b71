using System.Collections.Immutable;
using AgentRec.Grains.Tools;

namespace AgentRec.Grains.Planning;

/// <summary>The rules by which a planner decides what to ask, as a table: the first row that applies counts, the last always does.</summary>
internal static class PlanTable
{
    /// <summary>The user agent's scorers that need a history.</summary>
    public const string Collaborative = "collaborative";

    /// <summary>What is popular lately: what a user agent without a history nominates.</summary>
    public const string Trending = "trending";

    /// <summary>The order that the words ask for, such as the newest.</summary>
    public const string Order = "order";

    /// <summary>New items, where a policy keeps a place for one.</summary>
    public const string Exploration = "exploration";

    /// <summary>The tools that the planner asks by itself. User agents ask theirs as part of their nomination.</summary>
    public static readonly ImmutableArray<string> Tools = [ToolNames.Vectors];

    /// <summary>The table.</summary>
    public static readonly ImmutableArray<PlanRule> Rules =
    [
        //                                   known  words  returning  tools down
        new("new user",                      false, false, false,     null,  [Trending], "Nothing is known of the user and nothing was asked: what others take to now."),
        new("new user, returning",           false, false, true,      null,  [Trending], "Still nothing is known of the user and nothing new was asked: the session's wishes bound what others take to now."),
        new("new user, request, no tools",   false, true,  null,      true,  [Trending], "Nothing is known of the user and no tool can answer the words: what others take to now."),
        new("new user, request",             false, true,  null,      false, [Trending, ToolNames.Vectors], "Nothing is known of the user: the words decide, what others take to fills up."),
        new("warm user",                     true,  false, false,     null,  [Collaborative], "The user's own history speaks."),
        new("warm user, returning",          true,  false, true,      null,  [Collaborative], "The user's own history speaks, within what this session has wished for."),
        new("warm user, request, no tools",  true,  true,  null,      true,  [Collaborative], "No tool can answer the words: the user's own history speaks."),
        new("warm user, request",            true,  true,  null,      null,  [Collaborative, ToolNames.Vectors], "The words are answered, the user's history orders."),
    ];

    /// <summary>Decides.</summary>
    /// <param name="known">What is known, the history included.</param>
    public static PlanRule Decide(Knowledge known) => Rules.First(rule => rule.Applies(known));

    /// <summary>
    /// The tools that can be asked at once, while the user agent still nominates: those that the table asks for whatever the
    /// history turns out to be. So nothing waits for the summary that does not depend on it, and nothing is asked in vain.
    /// </summary>
    /// <param name="known">What is known so far.</param>
    public static ImmutableArray<string> AtOnce(Knowledge known) =>
        [.. Tools.Where(tool => Knowledge.Histories.All(history => Decide(known with { History = history }).Sources.Contains(tool, StringComparer.Ordinal)))];

    /// <summary>The tools that are not asked, and why.</summary>
    /// <param name="rule">The row that counts.</param>
    /// <param name="known">What is known.</param>
    public static ImmutableArray<SkippedTool> Skipped(PlanRule rule, Knowledge known) =>
    [
        .. Tools.Where(tool => !rule.Sources.Contains(tool, StringComparer.Ordinal))
            .Select(tool => known.HasWords ? new SkippedTool(tool, DropReasons.Resting, IsMissed: true) : new SkippedTool(tool, "nothing was asked in words", IsMissed: false)),
    ];
}
