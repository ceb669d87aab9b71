namespace AgentRec.Cli.Load;

/// <summary>What a load is made of.</summary>
internal enum RequestKind
{
    /// <summary>A negotiated turn.</summary>
    Turn,

    /// <summary>What a session's user did with an item of the slate.</summary>
    Feedback,

    /// <summary>A few interactions of one user, as a platform's log brings them.</summary>
    Ingestion,
}
