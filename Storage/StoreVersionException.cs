namespace AgentRec.Storage;

/// <summary>The store was written by a newer build, whose schema this one does not know.</summary>
/// <param name="file">The database file.</param>
/// <param name="found">The schema's version in the file.</param>
/// <param name="known">The newest version that this build knows.</param>
public sealed class StoreVersionException(string file, int found, int known)
    : InvalidOperationException($"{file} has schema version {found}, but this build knows versions up to {known}: run a newer build, or name another store.")
{
    /// <summary>The schema's version in the file.</summary>
    public int Found => found;
}
