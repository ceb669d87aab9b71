namespace AgentRec.Ranker.Serving;

/// <summary>Why a request is not answered with scores.</summary>
internal enum RefusalKind
{
    /// <summary>The request cannot be meant so.</summary>
    Invalid,

    /// <summary>What it asks for is not served.</summary>
    NotFound,

    /// <summary>Too many requests wait: a later one may succeed.</summary>
    Overloaded,

    /// <summary>The model failed.</summary>
    Failed,
}

/// <summary>A request that is not answered with scores.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Message">The reason, for whoever sent the request.</param>
internal sealed record Refusal(RefusalKind Kind, string Message);
