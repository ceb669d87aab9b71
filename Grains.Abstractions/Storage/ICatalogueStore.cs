using AgentRec.Domain;

namespace AgentRec.Grains.Abstractions.Storage;

/// <summary>The catalogue as it is stored. Handles are dense from 0, given at the first insertion and never reused.</summary>
public interface ICatalogueStore
{
    /// <summary>Reads all items; an item's place in the answer is its handle.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    ValueTask<IReadOnlyList<Item>> LoadAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Reads what was put since, the whole catalogue at first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="known">The number up to which the caller has read; -1: nothing yet.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    ValueTask<CatalogueNews> ReadNewsAsync(string tenant, long known, CancellationToken cancellationToken);

    /// <summary>Adds new items and replaces changed ones, all or none.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="items">The items; of several with one id the last counts.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>How many were new, changed and the same.</returns>
    ValueTask<CatalogueChange> PutAsync(string tenant, IReadOnlyList<Item> items, CancellationToken cancellationToken);

    /// <summary>Reads the interactions that may be learned from: those of all users that no <see cref="MemoryForgotten"/> has wiped, by user and sequence.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    IAsyncEnumerable<Interaction> ReadInteractionsAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Counts how often items were shown to anyone: the totals that item agents hold themselves against after a restart.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Stops counting.</param>
    ValueTask<long> CountExposuresAsync(string tenant, CancellationToken cancellationToken);
}

/// <summary>What was put into a catalogue since a moment.</summary>
/// <param name="Known">The number to read on from.</param>
/// <param name="Items">New and changed items by handle. The handles of new ones follow those that were known, in this order.</param>
public sealed record CatalogueNews(long Known, IReadOnlyList<Item> Items);

/// <summary>What putting items into the catalogue changed.</summary>
/// <param name="Added">Items that were new.</param>
/// <param name="Changed">Items whose content differs from what was stored.</param>
/// <param name="Unchanged">Items that were there already, the same.</param>
[GenerateSerializer, Immutable, Alias("agentrec.CatalogueChange")]
public sealed record CatalogueChange([property: Id(0)] int Added, [property: Id(1)] int Changed, [property: Id(2)] int Unchanged);
