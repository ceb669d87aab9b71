namespace AgentRec.Grains.Tools;

/// <summary>What became of a call to a tool: its answer, or why the turn goes on without it.</summary>
/// <typeparam name="T">The answer's type.</typeparam>
/// <param name="Value">The answer; the type's default where there is none.</param>
/// <param name="Reason">Why there is none, as <c>degraded</c> shows it; null with an answer.</param>
internal readonly record struct ToolAnswer<T>(T? Value, string? Reason)
{
    /// <summary>True when the turn goes on without the tool.</summary>
    public bool IsDropped => Reason is not null;
}
