using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace AgentRec.Recommenders.Memory;

/// <summary>When items were shown: in ascending order of items, those of one item in the order in which they came; twelve bytes each.</summary>
internal sealed class Showings
{
    private readonly List<int> _items = [];
    private readonly List<long> _times = [];

    /// <summary>Handles of the items that were shown, ascending, each as often as it was.</summary>
    public ReadOnlySpan<int> Items => CollectionsMarshal.AsSpan(_items);

    /// <summary>True when an item was shown.</summary>
    public bool Contains(int item) => Ascending.Contains(CollectionsMarshal.AsSpan(_items), item);

    /// <summary>How often an item was shown since a moment, which counts.</summary>
    public int Since(int item, long since)
    {
        var count = 0;
        for (var place = First(item); place < _items.Count && _items[place] == item; place++)
            count += _times[place] >= since ? 1 : 0;
        return count;
    }

    /// <summary>Adds a showing, the last of its item.</summary>
    public void Add(int item, long at)
    {
        var place = First(item + 1);
        _items.Insert(place, item);
        _times.Insert(place, at);
    }

    /// <summary>Lets go of what lies before a moment, of items whose first showing does.</summary>
    public void Forget(long before)
    {
        var (kept, isOld) = (0, false);
        int? last = null;
        for (var place = 0; place < _items.Count; place++)
        {
            if (_items[place] != last)
                (last, isOld) = (_items[place], _times[place] < before);
            if (isOld && _times[place] < before)
                continue;
            (_items[kept], _times[kept]) = (_items[place], _times[place]);
            kept++;
        }
        _items.RemoveRange(kept, _items.Count - kept);
        _times.RemoveRange(kept, _times.Count - kept);
    }

    /// <summary>Keeps no room for more.</summary>
    public void Trim() => _items.Capacity = _times.Capacity = _items.Count;

    /// <summary>All showings as they are kept.</summary>
    public ImmutableArray<ExposureEntry> Entries()
    {
        var entries = ImmutableArray.CreateBuilder<ExposureEntry>();
        for (var place = 0; place < _items.Count;)
        {
            var end = place + 1;
            while (end < _items.Count && _items[end] == _items[place])
                end++;
            entries.Add(new ExposureEntry(_items[place], [.. CollectionsMarshal.AsSpan(_times)[place..end]]));
            place = end;
        }
        return entries.ToImmutable();
    }

    /// <summary>Where an item's showings begin, or would.</summary>
    private int First(int item) => Ascending.FirstNotBelow(CollectionsMarshal.AsSpan(_items), item);
}
