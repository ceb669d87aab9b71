using System.Data.Common;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Bulk;

namespace AgentRec.Storage;

/// <summary>
/// Everything that is kept: the log, the catalogue, policies, certificates, models and grain state. <see cref="EmbeddedStore"/>
/// keeps it in a folder for one process, <see cref="PostgreSqlStore"/> in a database for any number of silos.
/// </summary>
public abstract class Store : IAsyncDisposable
{
    /// <summary>What the store is called in messages; it names the place and no secret.</summary>
    public abstract string Name { get; }

    /// <summary>The users' log.</summary>
    public abstract IUserLog Log { get; }

    /// <summary>The catalogue.</summary>
    public abstract ICatalogueStore Catalogue { get; }

    /// <summary>Rule sets.</summary>
    public abstract IPolicyStore Policies { get; }

    /// <summary>Certificates, windows and keys.</summary>
    public abstract ICertificateStore Certificates { get; }

    /// <summary>Access keys.</summary>
    public abstract IAccessKeyStore AccessKeys { get; }

    /// <summary>Erasure of users.</summary>
    public abstract IErasureStore Erasures { get; }

    /// <summary>Which models there are.</summary>
    public abstract IArtifactRegistry Artifacts { get; }

    /// <summary>Which tenants there is something of.</summary>
    public abstract IStoredTenants Tenants { get; }

    /// <summary>The files of models.</summary>
    public abstract IArtifactFiles ArtifactFiles { get; }

    /// <summary>
    /// Where grain snapshots go: a data source for the ADO.NET persistence provider under <see cref="Invariant"/>, its tables and
    /// statements in place.
    /// </summary>
    public abstract DbDataSource Snapshots { get; }

    /// <summary>
    /// Where silos find each other and keep their reminders, for the ADO.NET providers under <see cref="Invariant"/>; null where
    /// the store belongs to one process. The connections are few and nobody else's, so that no load keeps a silo from saying that
    /// it is alive.
    /// </summary>
    public abstract DbDataSource? Membership { get; }

    /// <summary>The invariant name under which the ADO.NET providers know this kind of database.</summary>
    public abstract string Invariant { get; }

    /// <summary>Deletes windows of certificates issued before a moment.</summary>
    /// <param name="before">The moment.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>How many were deleted.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be written.</exception>
    public abstract ValueTask<int> PruneWindowsAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Writes what waits, then lets go of the store.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>Loads a source; see <see cref="BulkLoad"/>.</summary>
    internal abstract Task<BulkLoadResult> LoadAsync(
        string tenant, BulkLoadSource source, Action<RejectedRow> rejected, IProgress<BulkLoadProgress>? progress, CancellationToken cancellationToken);
}
