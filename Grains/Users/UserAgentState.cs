using System.Text.Json.Serialization;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Grains.Users;

/// <summary>A user agent's snapshot, as it is stored. It may be old, or lost: the log restores what it lacks.</summary>
public sealed class UserAgentState
{
    /// <summary>The name of the state; distinct for each class of agent.</summary>
    public const string Name = "user-memory";

    /// <summary>When the user was erased before this memory began, Unix milliseconds; 0 for a user who never was. A memory of an earlier life is not believed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Born { get; set; }

    /// <summary>The memory up to a log sequence.</summary>
    public MemorySnapshot Memory { get; set; } = MemorySnapshot.Empty;
}
