using System.Collections;
using System.Numerics;
using System.Runtime.InteropServices;

namespace AgentRec.Recommenders.Memory;

/// <summary>A set of item handles in ascending order: two bytes a handle for the first 65,536 of the catalogue, four beyond.</summary>
internal sealed class ItemSet : IReadOnlyCollection<int>
{
    private readonly List<ushort> _first = [];
    private List<int>? _beyond;

    /// <summary>Starts with nothing.</summary>
    public ItemSet()
    {
    }

    /// <summary>Starts with some items.</summary>
    /// <param name="items">In any order.</param>
    public ItemSet(IEnumerable<int> items)
    {
        foreach (var item in items.Order())
            Add(item);
    }

    /// <inheritdoc/>
    public int Count => _first.Count + (_beyond?.Count ?? 0);

    /// <summary>Adds an item.</summary>
    /// <returns>False where it was in already.</returns>
    public bool Add(int item) => (uint)item <= ushort.MaxValue ? Add(_first, (ushort)item) : Add(_beyond ??= [], item);

    /// <summary>True when the item is in.</summary>
    public bool Contains(int item) => (uint)item <= ushort.MaxValue ? Contains(_first, (ushort)item) : _beyond is { } beyond && Contains(beyond, item);

    /// <summary>Adds an item that is greater than all that are in.</summary>
    public void Append(int item)
    {
        if ((uint)item <= ushort.MaxValue)
            _first.Add((ushort)item);
        else
            (_beyond ??= []).Add(item);
    }

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator()
    {
        foreach (var item in _first)
            yield return item;
        foreach (var item in _beyond ?? [])
            yield return item;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool Contains<T>(List<T> items, T item)
        where T : struct, IComparisonOperators<T, T, bool> => Ascending.Contains(CollectionsMarshal.AsSpan(items), item);

    private static bool Add<T>(List<T> items, T item)
        where T : struct, IComparisonOperators<T, T, bool>
    {
        var place = Ascending.FirstNotBelow(CollectionsMarshal.AsSpan(items), item);
        if (place < items.Count && items[place] == item)
            return false;
        items.Insert(place, item);
        return true;
    }
}
