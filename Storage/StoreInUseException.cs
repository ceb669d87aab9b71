namespace AgentRec.Storage;

/// <summary>Another process, or another opener in this one, holds the store.</summary>
/// <param name="directory">The store's folder.</param>
/// <param name="innerException">What the file system said.</param>
public sealed class StoreInUseException(string directory, Exception innerException)
    : IOException($"The store {directory} is in use by another process: stop that process, or name another folder.", innerException)
{
    /// <summary>The store's folder.</summary>
    public string Directory => directory;
}
