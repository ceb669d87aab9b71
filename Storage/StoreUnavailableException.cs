namespace AgentRec.Storage;

/// <summary>
/// The store could not be read or written: a full or broken disk, a database that does not answer, or a store that was closed. If
/// an append ends with it, the message says whether its outcome is known; where it is not, the log has to be read to find out.
/// </summary>
/// <param name="message">Names the store and the remedy.</param>
/// <param name="innerException">What the database said; null where it was not asked.</param>
public sealed class StoreUnavailableException(string message, Exception? innerException) : IOException(message, innerException);
