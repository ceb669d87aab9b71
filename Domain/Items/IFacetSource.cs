using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>
/// What rules, bids and explanations may know of an item: its facts, addressed by handle. A handle is the item's integer
/// place in the catalogue: dense from 0, given once and never reused.
/// </summary>
public interface IFacetSource
{
    /// <summary>The number of items; handles are 0 to <c>Count - 1</c>.</summary>
    int Count { get; }

    /// <summary>The item behind a handle.</summary>
    /// <param name="handle">The handle, in [0, <see cref="Count"/>).</param>
    Item Item(int handle);

    /// <summary>The values of a stated or derived facet.</summary>
    /// <param name="handle">The handle, in [0, <see cref="Count"/>).</param>
    /// <param name="facet">The facet's name, or alternatives of which the first that the item has counts.</param>
    ImmutableArray<string> Values(int handle, string facet);

    /// <summary>Finds the handle of an item id.</summary>
    /// <param name="itemId">The id, exactly.</param>
    /// <param name="handle">The handle where there is one.</param>
    /// <returns>False when the catalogue holds no such item.</returns>
    bool TryHandle(string itemId, out int handle);

    /// <summary>The same items with strata that begin elsewhere; a source whose strata are fixed answers with itself.</summary>
    /// <param name="strata">Where the strata begin.</param>
    IFacetSource Under(Strata strata) => this;
}
