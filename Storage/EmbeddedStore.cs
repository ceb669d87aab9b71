using System.Data.Common;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Catalogue;
using AgentRec.Storage.Log;
using AgentRec.Storage.Records;
using AgentRec.Storage.Sqlite;

namespace AgentRec.Storage;

/// <summary>
/// Everything one node keeps, in one folder: <c>agentrec.db</c> holds the log, the catalogue, policies, certificates and which
/// models exist; <c>artifacts/</c> holds the models; <c>snapshots.db</c> holds grain state that the log can rebuild. The folder
/// belongs to one process at a time.
/// </summary>
public sealed class EmbeddedStore : IAsyncDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly StoreLock _lock;
    private readonly ReaderPool _readers;
    private readonly SqliteUserLog _log;
    private readonly SnapshotDataSource _snapshots;
    private int _disposed;

    private EmbeddedStore(string directory, StoreLock held, string file, TimeProvider clock)
    {
        _lock = held;
        Directory = directory;
        Clock = clock;
        ArtifactsDirectory = Path.Combine(directory, "artifacts");
        Writer = new GroupCommitter(file);
        _readers = new ReaderPool(file);
        _log = new SqliteUserLog(Writer, _readers);
        _snapshots = new SnapshotDataSource(Path.Combine(directory, "snapshots.db"));
        Catalogue = new SqliteCatalogueStore(Writer, _readers);
        Policies = new SqlitePolicyStore(Writer, _readers);
        Certificates = new SqliteCertificateStore(Writer, _readers);
        Artifacts = new SqliteArtifactRegistry(Writer, _readers, clock);
    }

    /// <summary>The store's folder, as a full path.</summary>
    public string Directory { get; }

    /// <summary>The folder for models; it exists.</summary>
    public string ArtifactsDirectory { get; }

    /// <summary>The users' log.</summary>
    public IUserLog Log => _log;

    /// <summary>The catalogue.</summary>
    public ICatalogueStore Catalogue { get; }

    /// <summary>Rule sets.</summary>
    public IPolicyStore Policies { get; }

    /// <summary>Certificates, windows and keys.</summary>
    public ICertificateStore Certificates { get; }

    /// <summary>Trained models.</summary>
    public IArtifactRegistry Artifacts { get; }

    /// <summary>
    /// Where grain snapshots go: a data source for the ADO.NET persistence provider under <see cref="SnapshotInvariant"/>, its
    /// tables and statements in place. It is a file of its own, so that snapshots never wait for the log's flushes.
    /// </summary>
    public DbDataSource Snapshots => _snapshots;

    /// <summary>The invariant name under which the persistence provider knows this kind of database.</summary>
    public static string SnapshotInvariant => "System.Data.SQLite";

    /// <summary>The one writer of <c>agentrec.db</c>.</summary>
    internal GroupCommitter Writer { get; }

    /// <summary>The clock that the store was opened with.</summary>
    internal TimeProvider Clock { get; }

    /// <summary>Opens the store in a folder, creating and upgrading what is needed.</summary>
    /// <param name="directory">The folder; created for its owner alone when it is missing.</param>
    /// <param name="clock">The domain's clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreInUseException">Another process has the store open.</exception>
    /// <exception cref="StoreVersionException">The store was written by a newer build.</exception>
    /// <exception cref="StoreUnavailableException">The folder cannot be created, or holds something that is not a store.</exception>
    public static Task<EmbeddedStore> OpenAsync(string directory, TimeProvider clock, CancellationToken cancellationToken) =>
        Task.Run(() => Open(Path.GetFullPath(directory), clock), cancellationToken);

    /// <summary>Deletes windows of certificates issued before a moment.</summary>
    /// <param name="before">The moment.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>How many were deleted.</returns>
    public async ValueTask<int> PruneWindowsAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        await Writer.WriteAsync(
            session => new Written<int>(session.Execute("DELETE FROM windows WHERE at < @before", ("@before", before.ToUnixTimeMilliseconds()))),
            cancellationToken);

    /// <summary>Writes what waits, closes the files and lets go of the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await Writer.DisposeAsync();
        _readers.Dispose();
        await _snapshots.DisposeAsync();
        _lock.Dispose();
    }

    private static EmbeddedStore Open(string directory, TimeProvider clock)
    {
        StoreLock? held = null;
        try
        {
            CreateOwned(directory);
            held = StoreLock.Take(directory);
            CreateOwned(Path.Combine(directory, "artifacts"));
            var file = Path.Combine(directory, "agentrec.db");
            Migrate(file, Pragmas.Writer, "store", clock);
            Migrate(Path.Combine(directory, "snapshots.db"), Pragmas.Snapshots, "snapshots", clock);
            return new EmbeddedStore(directory, held, file, clock);
        }
        catch (Exception exception)
        {
            held?.Dispose();
            if (exception is DbException or UnauthorizedAccessException or (IOException and not StoreInUseException))
            {
                throw new StoreUnavailableException(
                    $"The store {directory} cannot be opened ({exception.Message}); name a folder that can be written and holds no other data.", exception);
            }
            throw;
        }
    }

    private static void CreateOwned(string directory)
    {
        if (OperatingSystem.IsWindows())
            System.IO.Directory.CreateDirectory(directory);
        else
            System.IO.Directory.CreateDirectory(directory, OwnerOnly);
    }

    private static void Migrate(string file, string pragmas, string scripts, TimeProvider clock)
    {
        using var session = SqliteSession.Open(file, pragmas);
        Migrations.Apply(session, file, scripts, clock);
    }
}
