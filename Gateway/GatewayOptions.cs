using AgentRec.Domain;

namespace AgentRec.Gateway;

/// <summary>Settings of the HTTP gateway, bound to the section <c>Gateway</c> and checked at start.</summary>
public sealed class GatewayOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "Gateway";

    /// <summary>The tenant that calls belong to where keys are not needed.</summary>
    /// <value>The default is <c>default</c>.</value>
    public string Tenant { get; set; } = Identifier.DefaultTenant;

    /// <summary>The greatest body of a request about one thing, in bytes; a greater one is answered 413.</summary>
    /// <value>The default is 262,144 (256 KiB); 1,024 to 16,777,216.</value>
    public int MaximumBodyBytes { get; set; } = 256 * 1024;

    /// <summary>The greatest body of a request about many things (interactions, items) or with a window, in bytes.</summary>
    /// <value>The default is 16,777,216 (16 MiB); at least <see cref="MaximumBodyBytes"/>, at most 268,435,456.</value>
    public int MaximumBulkBodyBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The greatest number of interactions in one request.</summary>
    /// <value>The default is 10,000; 1 to 1,000,000.</value>
    public int MaximumInteractions { get; set; } = 10_000;

    /// <summary>The greatest number of items in one request.</summary>
    /// <value>The default is 10,000; 1 to 1,000,000.</value>
    public int MaximumItems { get; set; } = 10_000;

    /// <summary>The greatest number of UTF-16 units in a turn's message.</summary>
    /// <value>The default is 4,000; 1 to 100,000.</value>
    public int MaximumMessageLength { get; set; } = 4_000;

    /// <summary>The greatest number of constraints in one turn, and of corrections in one request.</summary>
    /// <value>The default is 50; 1 to 1,000.</value>
    public int MaximumConstraints { get; set; } = 50;

    /// <summary>How many users' agents one request for interactions talks to at a time.</summary>
    /// <value>The default is 16; 1 to 1,024.</value>
    public int RecordParallelism { get; set; } = 16;

    /// <summary>How many requests for turns, streams included, this gateway works on at a time.</summary>
    /// <value>The default is 256; 1 to 100,000.</value>
    public int MaximumConcurrentTurns { get; set; } = 256;

    /// <summary>How many requests for turns wait when <see cref="MaximumConcurrentTurns"/> are worked on; more are answered 503.</summary>
    /// <value>The default is 1,024; 0 to 1,000,000.</value>
    public int MaximumWaitingTurns { get; set; } = 1_024;

    /// <summary>How long a request waits for its turn, and how long a stream of one may last; the turn goes on without them, and a repetition finds it.</summary>
    /// <value>The default is 60 s; 1 s to 10 min.</value>
    public TimeSpan TurnTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a stream without events says that it is alive.</summary>
    /// <value>The default is 10 s; 0.1 s to 5 min.</value>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>For how long a gateway of its own that was told to stop says that it is not ready before it stops to listen.</summary>
    /// <value>The default is 3 s; 0 to 5 min.</value>
    public TimeSpan DrainDelay { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often a repeatable call into the cluster is tried in all when the cluster does not answer.</summary>
    /// <value>The default is 4; 1 to 10.</value>
    public int Attempts { get; set; } = 4;

    /// <summary>The wait before the second attempt; it doubles with every further one, and half of it is drawn at random.</summary>
    /// <value>The default is 0.1 s; 1 ms to 10 s.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(100);
}
