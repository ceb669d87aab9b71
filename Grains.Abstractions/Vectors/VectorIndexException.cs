namespace AgentRec.Grains.Abstractions.Vectors;

/// <summary>Why a vector index did not do what it was asked.</summary>
public enum VectorFailure
{
    /// <summary>The collection, or its build, is not there: fill it.</summary>
    Missing,

    /// <summary>The index could not be reached, was too slow or is in trouble: the same call may succeed later.</summary>
    Unavailable,

    /// <summary>The index does not accept the call as it is: it will not succeed later either.</summary>
    Refused,

    /// <summary>The index answered something else than its interface says.</summary>
    Unreadable,
}

/// <summary>A vector index did not do what it was asked. The message holds no key and nothing of a query.</summary>
/// <param name="failure">Why.</param>
/// <param name="message">What failed, with what, and what to do.</param>
/// <param name="inner">What lies behind it, if anything.</param>
public sealed class VectorIndexException(VectorFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public VectorFailure Failure => failure;
}
