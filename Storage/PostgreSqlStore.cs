using System.Data.Common;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Bulk;
using AgentRec.Storage.Catalogue;
using AgentRec.Storage.Erasure;
using AgentRec.Storage.Log;
using AgentRec.Storage.PostgreSql;
using AgentRec.Storage.Records;

namespace AgentRec.Storage;

/// <summary>
/// Everything a cluster keeps, in one PostgreSQL database that any number of silos share. Models are kept there too, and brought to a
/// folder of each machine to be loaded.
/// </summary>
public sealed class PostgreSqlStore : Store
{
    private readonly PostgreSqlDatabase _database;
    private readonly StorePresence _presence;
    private readonly TimeProvider _clock;
    private int _disposed;

    private PostgreSqlStore(PostgreSqlDatabase database, StorePresence presence, StoreOptions options, string models, TimeProvider clock)
    {
        (_database, _presence, _clock) = (database, presence, clock);
        Lanes = new WriterLanes(database, options.WriterLanes);
        Log = new PostgreSqlUserLog(database, Lanes);
        Catalogue = new PostgreSqlCatalogueStore(database);
        Policies = new PostgreSqlPolicyStore(database);
        Certificates = new PostgreSqlCertificateStore(database);
        AccessKeys = new PostgreSqlAccessKeyStore(database);
        Erasures = new PostgreSqlErasureStore(database);
        Artifacts = new PostgreSqlArtifactRegistry(database, clock);
        Tenants = new PostgreSqlStoredTenants(database);
        ArtifactFiles = new PostgreSqlArtifactFiles(database, models);
    }

    /// <inheritdoc/>
    public override string Name => _database.Name;

    /// <inheritdoc/>
    public override IUserLog Log { get; }

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
    public override DbDataSource Snapshots => _database.Pool;

    /// <inheritdoc/>
    public override DbDataSource? Membership => _database.Membership;

    /// <inheritdoc/>
    public override string Invariant => "Npgsql";

    /// <summary>The writers of appends.</summary>
    internal WriterLanes Lanes { get; }

    /// <summary>Opens the store, bringing the database to this build's schema. Any number of processes may do so at once.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="clock">The domain's clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreInUseException">Data is being imported.</exception>
    /// <exception cref="StoreVersionException">The database was written by a newer build.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be reached, or is not fit to keep what is acknowledged.</exception>
    public static async Task<PostgreSqlStore> OpenAsync(StoreOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var database = PostgreSqlDatabase.Of(options);
        try
        {
            await PostgreSqlMigrations.ApplyAsync(database, clock, cancellationToken);
            var models = System.IO.Directory.CreateDirectory(Path.GetFullPath(options.ModelDirectory)).FullName;
            return new PostgreSqlStore(database, await StorePresence.TakeAsync(database, cancellationToken), options, models, clock);
        }
        catch (Exception exception)
        {
            await database.DisposeAsync();
            if (PostgreSqlDatabase.IsFailure(exception) || exception is UnauthorizedAccessException or DirectoryNotFoundException)
            {
                throw new StoreUnavailableException(
                    $"The {database.Name} cannot be opened ({exception.Message}); check Store:ConnectionString, and that the server runs and lets this user create tables.", exception);
            }
            throw;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> PruneWindowsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        const string some = "DELETE FROM windows WHERE ctid = ANY (ARRAY(SELECT ctid FROM windows WHERE at < $1 LIMIT 10000))";
        var (total, deleted) = (0, 0);
        do
        {
            // Some at a time: nobody waits long for what is locked, and the log of changes stays small.
            deleted = await _database.WriteAsync(
                AdvisoryLock.Key("windows", ""),
                async (connection, token) =>
                {
                    await using var command = connection.Command(some, before.ToUnixTimeMilliseconds());
                    return await command.ExecuteNonQueryAsync(token);
                },
                cancellationToken);
            total += deleted;
        }
        while (deleted > 0);
        return total;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await Lanes.DisposeAsync();
        await _presence.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <inheritdoc/>
    internal override async Task<BulkLoadResult> LoadAsync(
        string tenant, BulkLoadSource source, Action<RejectedRow> rejected, IProgress<BulkLoadProgress>? progress, CancellationToken cancellationToken)
    {
        await using var alone = await _presence.AloneAsync(cancellationToken);
        return await _database.WriteAsync(
            PostgreSqlItems.Lock(tenant),
            (connection, token) => new PostgreSqlBulkLoad(connection, tenant, _clock.GetUtcNow(), rejected, progress, token).RunAsync(source),
            cancellationToken);
    }
}
