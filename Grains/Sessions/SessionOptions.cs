using System.ComponentModel.DataAnnotations;

namespace AgentRec.Grains.Sessions;

/// <summary>How sessions run their turns.</summary>
public sealed class SessionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions";

    /// <summary>After how many milliseconds a turn is given up.</summary>
    /// <value>The default is 10,000; from 100 to 600,000.</value>
    [Range(100, 600_000)]
    public int TurnTimeoutMilliseconds { get; set; } = 10_000;

    /// <summary>After how many milliseconds a running turn that nobody reads or awaits is cancelled.</summary>
    /// <value>The default is 5,000; from 100 to 600,000.</value>
    [Range(100, 600_000)]
    public int AbandonedAfterMilliseconds { get; set; } = 5_000;

    /// <summary>How many milliseconds a session that must move waits for its running turn before it hands the turn back.</summary>
    /// <value>The default is 3,000; from 0 to 60,000.</value>
    [Range(0, 60_000)]
    public int DrainMilliseconds { get; set; } = 3_000;

    /// <summary>The rule set of turns that name none.</summary>
    /// <value>The default is <c>default</c>.</value>
    [Required, MinLength(1), MaxLength(128)]
    public string DefaultPolicy { get; set; } = "default";
}
