using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Recommenders;

/// <summary>
/// An immutable snapshot of the items that can be recommended. A handle is an item's place here, dense from 0; it is kept for
/// ever, so that models and memories may speak in handles. Facets, derived ones included, are laid out in columns: reading one
/// is two array accesses.
/// </summary>
public sealed class Catalogue : IFacetSource
{
    private static readonly ImmutableArray<string> Nothing = [];
    private readonly ImmutableArray<Item> items;
    private readonly ImmutableArray<int> positiveCounts;
    private readonly ImmutableArray<Stratum> strata;
    private readonly FrozenDictionary<string, int> handles;
    private readonly FrozenDictionary<string, ImmutableArray<string>[]> columns;
    private readonly ConcurrentDictionary<Strata, Catalogue> views;
    private readonly Lazy<FrozenDictionary<(string Facet, string Value), int>> frequencies;
    private readonly Lazy<FrozenDictionary<string, double>> typical;
    private readonly Lazy<ImmutableArray<int>> untried;

    private Catalogue(ImmutableArray<Item> items, ImmutableArray<int> positiveCounts, FrozenDictionary<string, int> handles)
    {
        this.items = items;
        this.positiveCounts = positiveCounts;
        this.handles = handles;
        strata = StratumRule.Assign(positiveCounts, Strata.Default);
        columns = Columns();
        frequencies = new(Frequencies);
        typical = new(Typical);
        untried = new(FindUntried);
        views = new() { [Strata.Default] = this };
    }

    /// <summary>A view: everything but the strata is shared.</summary>
    private Catalogue(Catalogue other, Strata boundaries)
    {
        items = other.items;
        positiveCounts = other.positiveCounts;
        handles = other.handles;
        strata = StratumRule.Assign(positiveCounts, boundaries);
        columns = other.columns
            .Select(column => string.Equals(column.Key, FacetNames.Stratum, StringComparison.Ordinal) ? KeyValuePair.Create(column.Key, Column(column.Key)) : column)
            .ToFrozenDictionary(StringComparer.Ordinal);
        frequencies = new(Frequencies);
        typical = new(Typical);
        untried = new(FindUntried);
        views = other.views;
    }

    /// <summary>A catalogue without items.</summary>
    public static Catalogue Empty { get; } = Create([]);

    /// <inheritdoc/>
    public int Count => items.Length;

    /// <summary>All items in the order of their handles.</summary>
    public ImmutableArray<Item> Items => items;

    /// <summary>Positive interactions in the training data, by handle; the strata follow from them.</summary>
    public ImmutableArray<int> PositiveCounts => positiveCounts;

    /// <summary>Handles of the items without a positive interaction in the training data, ascending.</summary>
    public ImmutableArray<int> Untried => untried.Value;

    /// <summary>Builds a catalogue whose handles follow the order of <paramref name="items"/>; all items are tail.</summary>
    /// <param name="items">The items, with distinct ids.</param>
    /// <exception cref="ArgumentException">Two items have the same id.</exception>
    public static Catalogue Create(IEnumerable<Item> items)
    {
        ImmutableArray<Item> all = [.. items];
        return new Catalogue(all, [.. new int[all.Length]], HandlesOf(all));
    }

    /// <summary>The same items with strata that follow from these counts.</summary>
    /// <param name="counts">Positive interactions by handle; items beyond its end have none.</param>
    /// <exception cref="ArgumentException">There are more counts than items.</exception>
    public Catalogue WithPositives(ImmutableArray<int> counts)
    {
        if (counts.Length > Count)
            throw new ArgumentException($"{counts.Length} counts were given for {Count} items: count over this catalogue's own handles.", nameof(counts));
        return new Catalogue(items, [.. counts, .. new int[Count - counts.Length]], handles);
    }

    /// <summary>A snapshot in which known items are replaced and unknown ones added; all handles are kept.</summary>
    /// <param name="changes">New and changed items; of several with one id the last counts.</param>
    public Catalogue Extend(IEnumerable<Item> changes)
    {
        var next = items.ToBuilder();
        var added = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var item in changes)
        {
            if (handles.TryGetValue(item.ItemId, out var handle) || added.TryGetValue(item.ItemId, out handle))
            {
                next[handle] = item;
                continue;
            }
            added.Add(item.ItemId, next.Count);
            next.Add(item);
        }
        var all = next.ToImmutable();
        return new Catalogue(all, [.. positiveCounts, .. new int[all.Length - Count]], added.Count == 0 ? handles : HandlesOf(all));
    }

    /// <inheritdoc/>
    public Item Item(int handle) => items[handle];

    /// <summary>The item's stratum in the training data.</summary>
    /// <param name="handle">The handle, in [0, <see cref="Count"/>).</param>
    public Stratum Stratum(int handle) => strata[handle];

    /// <inheritdoc/>
    public ImmutableArray<string> Values(int handle, string facet)
    {
        if (columns.TryGetValue(facet, out var column))
            return column[handle];
        if (string.Equals(facet, FacetNames.Item, StringComparison.Ordinal))
            return [items[handle].ItemId];
        return facet.Contains(FacetNames.Alternatives) ? FirstOf(handle, facet) : Nothing;
    }

    /// <summary>How many items carry a value: the fewer, the more it tells that two items share it.</summary>
    /// <param name="facet">The facet, stated or derived.</param>
    /// <param name="value">The value.</param>
    public int Frequency(string facet, string value) => frequencies.Value.GetValueOrDefault((facet, value));

    /// <summary>
    /// How many items carry a value of a facet, on average over the places where the facet has a value: low where values tell
    /// items apart (directors), high where most items share a few (licences). The sum of squared frequencies over their sum.
    /// </summary>
    /// <param name="facet">The facet, stated or derived.</param>
    /// <returns>At least 1; 0 when no item has the facet.</returns>
    public double TypicalFrequency(string facet) => typical.Value.GetValueOrDefault(facet);

    /// <inheritdoc/>
    public bool TryHandle(string itemId, out int handle) => handles.TryGetValue(itemId, out handle);

    /// <summary>The same items under other boundaries; one view is kept for each that was asked for.</summary>
    /// <param name="strata">Where the strata begin.</param>
    public IFacetSource Under(Strata strata) => views.GetOrAdd(strata, static (boundaries, own) => new Catalogue(own, boundaries), this);

    private ImmutableArray<int> FindUntried() => [.. Enumerable.Range(0, Count).Where(handle => positiveCounts[handle] == 0)];

    private ImmutableArray<string> FirstOf(int handle, string alternatives)
    {
        foreach (var facet in alternatives.Split(FacetNames.Alternatives))
        {
            if (Values(handle, facet) is { IsEmpty: false } values)
                return values;
        }
        return Nothing;
    }

    private static FrozenDictionary<string, int> HandlesOf(ImmutableArray<Item> all)
    {
        var places = new Dictionary<string, int>(all.Length, StringComparer.Ordinal);
        for (var handle = 0; handle < all.Length; handle++)
        {
            if (!places.TryAdd(all[handle].ItemId, handle))
                throw new ArgumentException($"The item id '{all[handle].ItemId}' occurs twice: ids must be distinct.", nameof(all));
        }
        return places.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private FrozenDictionary<(string Facet, string Value), int> Frequencies()
    {
        var counts = new Dictionary<(string Facet, string Value), int>();
        foreach (var (facet, column) in columns)
        {
            foreach (var value in column.SelectMany(values => values))
                counts[(facet, value)] = counts.GetValueOrDefault((facet, value)) + 1;
        }
        return counts.ToFrozenDictionary();
    }

    private FrozenDictionary<string, double> Typical() => frequencies.Value
        .GroupBy(entry => entry.Key.Facet, entry => (double)entry.Value, StringComparer.Ordinal)
        .ToFrozenDictionary(counts => counts.Key, counts => counts.Sum(count => count * count) / counts.Sum(), StringComparer.Ordinal);

    private FrozenDictionary<string, ImmutableArray<string>[]> Columns()
    {
        string[] derived = [FacetNames.FirstGenre, FacetNames.Decade, FacetNames.Stratum, FacetNames.Provider];
        return items
            .SelectMany(item => item.Facets.Keys)
            .Where(name => !name.Contains(FacetNames.Alternatives) && !string.Equals(name, FacetNames.Item, StringComparison.Ordinal))
            .Concat(derived)
            .ToHashSet(StringComparer.Ordinal)
            .ToFrozenDictionary(name => name, Column, StringComparer.Ordinal);
    }

    private ImmutableArray<string>[] Column(string facet)
    {
        // Derived single values repeat for thousands of items: one array serves them all.
        var shared = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        var column = new ImmutableArray<string>[Count];
        for (var handle = 0; handle < column.Length; handle++)
        {
            var values = DerivedFacets.Values(items[handle], strata[handle], facet);
            if (values is [var only] && !shared.TryAdd(only, values))
                values = shared[only];
            column[handle] = values;
        }
        return column;
    }
}
