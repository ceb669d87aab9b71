namespace AgentRec.Grains.Abstractions.Storage;

/// <summary>
/// The store could not be read or written: a full or broken disk, a database that does not answer, or a store that was closed. If
/// an append ends with it, the message says whether its outcome is known; where it is not, the log has to be read to find out.
/// It is a fault of the cluster, not of the call: what is harmless to repeat may be repeated.
/// </summary>
[GenerateSerializer, Alias("agentrec.StoreUnavailableException")]
public sealed class StoreUnavailableException : OrleansException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Names the store and the remedy.</param>
    /// <param name="innerException">What the database said; null where it was not asked.</param>
    public StoreUnavailableException(string message, Exception? innerException)
        : base(message, innerException!)
    {
    }
}
