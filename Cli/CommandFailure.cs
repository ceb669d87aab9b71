namespace AgentRec.Cli;

/// <summary>An expected failure of a command: its message is all that a person needs.</summary>
/// <param name="message">What failed, and the remedy.</param>
/// <param name="exitCode">One of <see cref="Cli.ExitCode"/>.</param>
internal sealed class CommandFailure(string message, int exitCode = Cli.ExitCode.Failed) : Exception(message)
{
    /// <summary>What the process tells its caller.</summary>
    public int ExitCode { get; } = exitCode;
}
