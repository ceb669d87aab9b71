namespace AgentRec.Storage;

/// <summary>The store could not be read or written: a full or broken disk, or a store that was closed.</summary>
/// <param name="message">Names the store and the remedy.</param>
/// <param name="innerException">What the database said.</param>
public sealed class StoreUnavailableException(string message, Exception innerException) : IOException(message, innerException);
