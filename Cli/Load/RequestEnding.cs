namespace AgentRec.Cli.Load;

/// <summary>How a request ended.</summary>
/// <param name="Status">The HTTP status; or <c>timeout</c>, <c>connection</c>, or <c>no-idle-session</c> for one that found none to use.</param>
/// <param name="Succeeded">Whether it did what was asked.</param>
internal readonly record struct RequestEnding(string Status, bool Succeeded)
{
    /// <summary>Nobody answered in time.</summary>
    public static RequestEnding TimedOut { get; } = new("timeout", Succeeded: false);

    /// <summary>There was no connection, or it broke.</summary>
    public static RequestEnding Disconnected { get; } = new("connection", Succeeded: false);

    /// <summary>A turn needs a session in which no other turn runs, and there was none: the request was not sent.</summary>
    public static RequestEnding NoIdleSession { get; } = new("no-idle-session", Succeeded: false);
}
