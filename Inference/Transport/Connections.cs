namespace AgentRec.Inference.Transport;

/// <summary>Connections to a server: several where one is full, and replaced when the server on their other end is gone.</summary>
internal static class Connections
{
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A pool of connections.</summary>
    /// <param name="options">How long connecting may take.</param>
    public static SocketsHttpHandler Create(RankingOptions options) => new()
    {
        ConnectTimeout = TimeSpan.FromMilliseconds(options.ConnectMilliseconds),
        EnableMultipleHttp2Connections = true,
        // A server that went without a word is noticed before the next call finds out.
        KeepAlivePingDelay = PingAfter,
        KeepAlivePingTimeout = PingTimeout,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        UseProxy = false,
        AllowAutoRedirect = false,
    };
}
