namespace AgentRec.Storage;

/// <summary>
/// The exclusive hold on a store's folder: an advisory lock of the operating system on a file, which ends with the process
/// however it ends.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private const int WouldBlock = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <summary>Takes the hold.</summary>
    /// <param name="directory">The store's folder, which exists.</param>
    /// <exception cref="StoreInUseException">Somebody has it.</exception>
    public static StoreLock Take(string directory)
    {
        var path = Path.Combine(directory, "store.lock");
        try
        {
            return new StoreLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (exception.HResult is WouldBlock or WouldBlockOnMac or SharingViolation)
        {
            throw new StoreInUseException(directory, exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
