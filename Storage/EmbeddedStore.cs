using System.Data.Common;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Bulk;
using AgentRec.Storage.Catalogue;
using AgentRec.Storage.Erasure;
using AgentRec.Storage.Log;
using AgentRec.Storage.Records;
using AgentRec.Storage.Sqlite;

namespace AgentRec.Storage;

/// <summary>
/// Everything one node keeps, in one folder: <c>agentrec.db</c> holds the log, the catalogue, policies, certificates and which
/// models exist; <c>artifacts/</c> holds the models; <c>snapshots.db</c> holds grain state that the log can rebuild. The folder
/// belongs to one process at a time.
/// </summary>
public sealed class EmbeddedStore : Store
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly StoreLock _lock;
    private readonly ReaderPool _readers;
    private readonly SqliteUserLog _log;
    private readonly SnapshotDataSource _snapshots;
    private readonly TimeProvider _clock;
    private int _disposed;

    private EmbeddedStore(string directory, StoreLock held, string file, TimeProvider clock, string pragmas)
    {
        _lock = held;
        Directory = directory;
        _clock = clock;
        ArtifactFiles = new LocalArtifactFiles(Path.Combine(directory, "artifacts"));
        Writer = new GroupCommitter(file, pragmas);
        _readers = new ReaderPool(file);
        _log = new SqliteUserLog(Writer, _readers);
        _snapshots = new SnapshotDataSource(Path.Combine(directory, "snapshots.db"));
        Catalogue = new SqliteCatalogueStore(Writer, _readers);
        Policies = new SqlitePolicyStore(Writer, _readers);
        Certificates = new SqliteCertificateStore(Writer, _readers);
        AccessKeys = new SqliteAccessKeyStore(Writer, _readers);
        Erasures = new SqliteErasureStore(Writer, _readers);
        Artifacts = new SqliteArtifactRegistry(Writer, _readers, clock);
        Tenants = new SqliteStoredTenants(_readers);
    }

    /// <summary>The store's folder, as a full path.</summary>
    public string Directory { get; }

    /// <inheritdoc/>
    public override string Name => $"store {Directory}";

    /// <inheritdoc/>
    public override IUserLog Log => _log;

    /// <inheritdoc/>
    public override ICatalogueStore Catalogue { get; }

    /// <inheritdoc/>
    public override IPolicyStore Policies { get; }

    /// <inheritdoc/>
    public override ICertificateStore Certificates { get; }

    /// <inheritdoc/>
    public override IAccessKeyStore AccessKeys { get; }

    /// <inheritdoc/>
    public override IErasureStore Erasures { get; }

    /// <inheritdoc/>
    public override IArtifactRegistry Artifacts { get; }

    /// <inheritdoc/>
    public override IStoredTenants Tenants { get; }

    /// <inheritdoc/>
    public override IArtifactFiles ArtifactFiles { get; }

    /// <inheritdoc/>
    /// <remarks>It is a file of its own, so that snapshots never wait for the log's flushes.</remarks>
    public override DbDataSource Snapshots => _snapshots;

    /// <inheritdoc/>
    public override DbDataSource? Membership => null;

    /// <inheritdoc/>
    public override string Invariant => "System.Data.SQLite";

    /// <summary>The one writer of <c>agentrec.db</c>.</summary>
    internal GroupCommitter Writer { get; }

    /// <summary>Opens the store in a folder, creating and upgrading what is needed.</summary>
    /// <param name="directory">The folder; created for its owner alone when it is missing.</param>
    /// <param name="clock">The domain's clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreInUseException">Another process has the store open.</exception>
    /// <exception cref="StoreVersionException">The store was written by a newer build.</exception>
    /// <exception cref="StoreUnavailableException">The folder cannot be created, or holds something that is not a store.</exception>
    public static Task<EmbeddedStore> OpenAsync(string directory, TimeProvider clock, CancellationToken cancellationToken) =>
        Task.Run(() => Open(Path.GetFullPath(directory), clock, Pragmas.Writer), cancellationToken);

    /// <summary>
    /// Opens a store that never waits for the disk, for work that can be repeated: what was acknowledged survives the process, but
    /// not the loss of the machine.
    /// </summary>
    /// <inheritdoc cref="OpenAsync"/>
    public static Task<EmbeddedStore> OpenUnflushedAsync(string directory, TimeProvider clock, CancellationToken cancellationToken) =>
        Task.Run(() => Open(Path.GetFullPath(directory), clock, Pragmas.UnflushedWriter), cancellationToken);

    /// <summary>
    /// Copies the database as of one moment. As the store of another folder, with this one's <c>artifacts/</c> beside it, it is what
    /// this store was; grain state, which the log can rebuild, is not in it.
    /// </summary>
    /// <param name="file">The file; it is made, or replaced, and not flushed.</param>
    /// <param name="cancellationToken">Gives up before the copy begins.</param>
    public Task CopyDatabaseAsync(string file, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            session =>
            {
                session.CopyTo(file);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<int> PruneWindowsAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        await Writer.WriteAsync(
            session => new Written<int>(session.Execute("DELETE FROM windows WHERE at < @before", ("@before", before.ToUnixTimeMilliseconds()))),
            cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await Writer.DisposeAsync();
        _readers.Dispose();
        await _snapshots.DisposeAsync();
        _lock.Dispose();
    }

    /// <inheritdoc/>
    internal override async Task<BulkLoadResult> LoadAsync(
        string tenant, BulkLoadSource source, Action<RejectedRow> rejected, IProgress<BulkLoadProgress>? progress, CancellationToken cancellationToken) =>
        await Writer.WriteAsync(
            session => new BulkTransaction(session, tenant, _clock.GetUtcNow(), rejected, progress, cancellationToken).Run(source),
            CancellationToken.None);

    private static EmbeddedStore Open(string directory, TimeProvider clock, string pragmas)
    {
        StoreLock? held = null;
        try
        {
            CreateOwned(directory);
            held = StoreLock.Take(directory);
            CreateOwned(Path.Combine(directory, "artifacts"));
            var file = Path.Combine(directory, "agentrec.db");
            Migrate(file, pragmas, "store", clock);
            Migrate(Path.Combine(directory, "snapshots.db"), Pragmas.Snapshots, "snapshots", clock);
            return new EmbeddedStore(directory, held, file, clock, pragmas);
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
