namespace AgentRec.Storage;

/// <summary>Another process, or another opener in this one, holds the store.</summary>
public sealed class StoreInUseException : IOException
{
    /// <summary>A folder is held.</summary>
    /// <param name="directory">The store's folder.</param>
    /// <param name="innerException">What the file system said.</param>
    public StoreInUseException(string directory, Exception innerException)
        : base($"The store {directory} is in use by another process: stop that process, or name another folder.", innerException)
    {
    }

    /// <summary>A database is held in a way that excludes what was wanted.</summary>
    /// <param name="message">Names the store, who holds it, and the remedy.</param>
    public StoreInUseException(string message)
        : base(message)
    {
    }
}
