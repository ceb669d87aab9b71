namespace AgentRec.Grains.Planning;

/// <summary>A tool that a plan does without.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Reason">Why.</param>
/// <param name="IsMissed">True when it would have been asked, had it been well: the answer is the worse for it.</param>
internal sealed record SkippedTool(string Tool, string Reason, bool IsMissed);
