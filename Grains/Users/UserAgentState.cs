using AgentRec.Recommenders.Memory;

namespace AgentRec.Grains.Users;

/// <summary>A user agent's snapshot, as it is stored. It may be old, or lost: the log restores what it lacks.</summary>
public sealed class UserAgentState
{
    /// <summary>The name of the state; distinct for each class of agent.</summary>
    public const string Name = "user-memory";

    /// <summary>The memory up to a log sequence.</summary>
    public MemorySnapshot Memory { get; set; } = MemorySnapshot.Empty;
}
