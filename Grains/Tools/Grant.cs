namespace AgentRec.Grains.Tools;

/// <summary>The time that a call to a tool gets.</summary>
/// <param name="Time">How long it may take, waiting for its turn included.</param>
/// <param name="IsFair">
/// True when this is at least half of what the tool may take in a fresh turn: only then does being late count against it. A turn
/// that is nearly spent says nothing about the tool.
/// </param>
internal readonly record struct Grant(TimeSpan Time, bool IsFair);
