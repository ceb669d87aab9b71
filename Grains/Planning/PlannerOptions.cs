using System.ComponentModel.DataAnnotations;

namespace AgentRec.Grains.Planning;

/// <summary>What a planner may spend on a turn.</summary>
public sealed class PlannerOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Planner";

    /// <summary>The number of candidates that a window starts with.</summary>
    /// <value>The default is 200; from 50 to 400.</value>
    [Range(50, 400)]
    public int WindowSize { get; set; } = 200;

    /// <summary>The greatest number of candidates retrieved by words.</summary>
    /// <value>The default is 100; from 1 to 200.</value>
    [Range(1, 200)]
    public int RetrievedByWords { get; set; } = 100;

    /// <summary>How many new items are brought to the table where a policy keeps a place for one.</summary>
    /// <value>The default is 8; from 1 to 50.</value>
    [Range(1, 50)]
    public int Explored { get; set; } = 8;

    /// <summary>How many milliseconds bids are waited for.</summary>
    /// <value>The default is 250; from 1 to 10,000.</value>
    [Range(1, 10_000)]
    public int BidTimeoutMilliseconds { get; set; } = 250;

    /// <summary>How many milliseconds user agent and policy agent are waited for before their last known offer stands in.</summary>
    /// <value>The default is 1,000; from 1 to 10,000.</value>
    [Range(1, 10_000)]
    public int AnswerTimeoutMilliseconds { get; set; } = 1000;

    /// <summary>How many milliseconds a proposer may take before the turn goes on without it.</summary>
    /// <value>The default is 3,000; from 1 to 60,000.</value>
    [Range(1, 60_000)]
    public int ProposerTimeoutMilliseconds { get; set; } = 3000;

    /// <summary>
    /// How many milliseconds of a turn may go by before its tools have answered; a tool that has not by then is left out. Agents
    /// and proposers are no tools: they have limits of their own.
    /// </summary>
    /// <value>The default is 50; from 1 to 60,000.</value>
    [Range(1, 60_000)]
    public int TurnBudgetMilliseconds { get; set; } = 50;

    /// <summary>
    /// How many milliseconds a tool without a budget of its own (<see cref="Tools.ToolLimits.BudgetMilliseconds"/>) may take, and
    /// never more than is left of the turn's.
    /// </summary>
    /// <value>The default is 500; from 1 to 60,000.</value>
    [Range(1, 60_000)]
    public int ToolTimeoutMilliseconds { get; set; } = 500;
}
