using System.Collections.Immutable;

namespace AgentRec.Grains.Abstractions.Vectors;

/// <summary>
/// Keeps item vectors and finds the nearest. Collections are apart from each other: nothing asked of one tenant's shows, changes
/// or deletes anything of another's. A written point is found by every query that begins after the call returned. Every call
/// may be repeated: a call that failed half-way is completed by the next one.
/// </summary>
/// <remarks>
/// All calls throw <see cref="VectorIndexException"/>, with the failure <see cref="VectorFailure.Missing"/> where the collection is
/// not there. Which of equally similar items are found where not all of them fit is the index's own choice.
/// </remarks>
public interface IVectorIndex
{
    /// <summary>Finds the items nearest to a vector.</summary>
    /// <param name="collection">Where to look.</param>
    /// <param name="query">What to look for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Hits, in the order <see cref="ItemHit.Order"/>.</returns>
    Task<ImmutableArray<ItemHit>> QueryAsync(VectorCollection collection, VectorQuery query, CancellationToken cancellationToken);

    /// <summary>Counts the points that pass a filter, exactly.</summary>
    /// <param name="collection">Where to count.</param>
    /// <param name="filter">What is counted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<long> CountAsync(VectorCollection collection, VectorFilter filter, CancellationToken cancellationToken);

    /// <summary>Reads a page of the points that pass a filter, in the index's own order.</summary>
    /// <param name="collection">Where to read.</param>
    /// <param name="filter">What is read.</param>
    /// <param name="next">The <see cref="VectorPage.Next"/> of the page before; null for the first one.</param>
    /// <param name="count">The greatest number of points; at least 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<VectorPage> ScrollAsync(VectorCollection collection, VectorFilter filter, string? next, int count, CancellationToken cancellationToken);

    /// <summary>Makes a build where it is not there yet, without serving it, and prepares the facets that its schema names.</summary>
    /// <param name="build">The build.</param>
    /// <param name="schema">What it is made of. A build that is there must have the same spaces; facets may be new.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task EnsureAsync(VectorCollection build, VectorSchema schema, CancellationToken cancellationToken);

    /// <summary>Puts points; those of known items are replaced as a whole.</summary>
    /// <param name="collection">Where to.</param>
    /// <param name="points">The points; of several with one id the last counts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task UpsertAsync(VectorCollection collection, ImmutableArray<VectorPoint> points, CancellationToken cancellationToken);

    /// <summary>Deletes points; unknown items are passed over.</summary>
    /// <param name="collection">Where from.</param>
    /// <param name="itemIds">The items.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task DeleteAsync(VectorCollection collection, ImmutableArray<string> itemIds, CancellationToken cancellationToken);

    /// <summary>Names the build of a collection that is served.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The build's name, or null where none is served.</returns>
    Task<string?> ServedBuildAsync(VectorCollection collection, CancellationToken cancellationToken);

    /// <summary>Serves a build from now on, and then drops the collection's other builds. No query sees a collection that is half the one and half the other.</summary>
    /// <param name="build">The build.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task SwitchAsync(VectorCollection build, CancellationToken cancellationToken);

    /// <summary>Drops every collection of a tenant but one.</summary>
    /// <param name="kept">The one that stays, with all its builds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task DropOthersAsync(VectorCollection kept, CancellationToken cancellationToken);

    /// <summary>Drops every collection of a tenant.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task DeleteTenantAsync(string tenant, CancellationToken cancellationToken);
}
