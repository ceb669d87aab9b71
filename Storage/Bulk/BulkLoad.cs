using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Domain;

namespace AgentRec.Storage.Bulk;

/// <summary>
/// Loads many items and interactions into a store that serves nobody meanwhile: in one transaction, so that an interrupted load
/// leaves nothing behind, and repeatably, so that loading the same source again changes nothing.
/// </summary>
public static class BulkLoad
{
    /// <summary>
    /// Loads a source. A user's interactions are appended in the order of their time, ties and those without a time in the order
    /// of the source; each counts as appended at its own time. An interaction whose id exists with the same content is a
    /// duplicate, with other content it is rejected.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="source">What to load.</param>
    /// <param name="rejected">Told of every row that is left out.</param>
    /// <param name="progress">Told how far the load has come, or null.</param>
    /// <param name="cancellationToken">Stops the load, which then leaves nothing behind.</param>
    /// <exception cref="StoreInUseException">Silos serve from the store.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be written.</exception>
    public static async Task<BulkLoadResult> RunAsync(
        Store store,
        string tenant,
        BulkLoadSource source,
        Action<RejectedRow> rejected,
        IProgress<BulkLoadProgress>? progress,
        CancellationToken cancellationToken) =>
        await store.LoadAsync(tenant, source, rejected, progress, cancellationToken);
}
