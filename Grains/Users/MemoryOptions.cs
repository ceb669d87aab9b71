namespace AgentRec.Grains.Users;

/// <summary>How memories are told.</summary>
public sealed class MemoryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Memory";

    /// <summary>
    /// True: where there is a language model and a summary of a memory is asked for, the memory's sentences are sent to it, which hold what
    /// the user takes to, avoids and has stated.
    /// </summary>
    /// <value>The default is false: a summary is made of the memory's own sentences, and nothing is sent.</value>
    public bool Summarised { get; set; }
}
