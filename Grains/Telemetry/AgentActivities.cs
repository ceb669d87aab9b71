using System.Diagnostics;

namespace AgentRec.Grains.Telemetry;

/// <summary>The spans of the agents' own work. Calls between agents have spans of their own, which Orleans makes.</summary>
/// <remarks>No attribute names a user, an item, a session or anything that was said. Nothing is made while nobody listens.</remarks>
internal static class AgentActivities
{
    /// <summary>The source's name.</summary>
    public const string SourceName = "AgentRec.Agents";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>A turn, from its admission until it is in the log or given up.</summary>
    public static Activity? Turn() => Source.StartActivity("turn");

    /// <summary>Says how the work of a span ended.</summary>
    /// <param name="span">The span.</param>
    /// <param name="outcome">The kind of its result, or why there is none.</param>
    public static void End(Activity? span, string outcome) => span?.SetTag("agentrec.outcome", outcome);

    /// <summary>The gathering of a turn's evidence.</summary>
    public static Activity? Gather() => Source.StartActivity("gather");

    /// <summary>A proposer's negotiation.</summary>
    /// <param name="protocol">Its protocol.</param>
    public static Activity? Negotiate(string protocol) => Source.StartActivity("negotiate")?.SetTag("agentrec.protocol", protocol);

    /// <summary>A call to a tool, waiting included.</summary>
    /// <param name="tool">The tool.</param>
    public static Activity? Call(string tool) => Source.StartActivity("tool")?.SetTag("agentrec.tool", tool);

    /// <summary>An append to the log, until it is on disk.</summary>
    /// <param name="events">How many events.</param>
    public static Activity? Append(int events) => Source.StartActivity("append")?.SetTag("agentrec.events", events);
}
