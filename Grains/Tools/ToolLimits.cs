using System.ComponentModel.DataAnnotations;

namespace AgentRec.Grains.Tools;

/// <summary>What one tool may spend, how much is asked of it at a time, and when it is left alone. Options by the tool's name.</summary>
public sealed class ToolLimits
{
    /// <summary>Failures are counted over this many milliseconds.</summary>
    public const int CountedMilliseconds = 10_000;

    /// <summary>The configuration section of a tool.</summary>
    /// <param name="tool">The tool's name.</param>
    public static string Section(string tool) => $"Tools:{tool}:Limits";

    /// <summary>How many milliseconds a call may take. What is left of the turn's budget limits it further.</summary>
    /// <value>The default is none: <see cref="Planning.PlannerOptions.ToolTimeoutMilliseconds"/> counts; from 1 to 60,000.</value>
    [Range(1, 60_000)]
    public int? BudgetMilliseconds { get; set; }

    /// <summary>How many calls of this silo the tool works on at a time. A call that was given up counts until it has really ended.</summary>
    /// <value>The default is 64; from 1 to 1,024.</value>
    [Range(1, 1_024)]
    public int Concurrency { get; set; } = 64;

    /// <summary>How many more calls may wait for their turn; beyond that, calls are refused at once.</summary>
    /// <value>The default is 64; from 0 to 4,096.</value>
    [Range(0, 4_096)]
    public int Queue { get; set; } = 64;

    /// <summary>After how many calls within ten seconds, at least half of them failed or late, the tool is left alone.</summary>
    /// <value>The default is 10; from 2 to 10,000.</value>
    [Range(2, 10_000)]
    public int BreakAfterCalls { get; set; } = 10;

    /// <summary>For how many milliseconds it is left alone; then one call tries it.</summary>
    /// <value>The default is 5,000; from 500 to 600,000.</value>
    [Range(500, 600_000)]
    public int BreakMilliseconds { get; set; } = 5_000;
}
