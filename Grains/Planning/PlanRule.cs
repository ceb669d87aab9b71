using System.Collections.Immutable;

namespace AgentRec.Grains.Planning;

/// <summary>One row of the planner's table: when it applies, and what is asked then. A null condition always holds.</summary>
/// <param name="Case">The row's name, as the plan event shows it.</param>
/// <param name="IsKnown">Whether the user agent has a history to speak from.</param>
/// <param name="HasWords">Whether the turn asks for something in words.</param>
/// <param name="IsReturning">Whether the session had turns before.</param>
/// <param name="AreToolsDown">Whether every tool that the planner could ask rests after failures.</param>
/// <param name="Sources">The sources of candidates: the user agent's nomination by the name of what it rests on, then tools.</param>
/// <param name="Reason">Why, in a sentence.</param>
internal sealed record PlanRule(
    string Case, bool? IsKnown, bool? HasWords, bool? IsReturning, bool? AreToolsDown, ImmutableArray<string> Sources, string Reason)
{
    /// <summary>True when the row applies.</summary>
    /// <param name="known">What is known, the history included.</param>
    public bool Applies(Knowledge known) =>
        Holds(IsKnown, known.History is not Knowledge.NoHistory)
        && Holds(HasWords, known.HasWords)
        && Holds(IsReturning, known.IsReturning)
        && Holds(AreToolsDown, PlanTable.Tools.All(tool => known.Resting.Contains(tool, StringComparer.Ordinal)));

    private static bool Holds(bool? condition, bool state) => condition is not { } wanted || wanted == state;
}
