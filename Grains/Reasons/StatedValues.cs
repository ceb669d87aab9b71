using System.Runtime.CompilerServices;
using AgentRec.Recommenders;

namespace AgentRec.Grains.Reasons;

/// <summary>
/// What the items of a catalogue state in words, each value as a small number: every turn goes through all that the user's own
/// items state. Items are laid out when they are first asked for, and kept as long as the catalogue is.
/// </summary>
internal sealed class StatedValues
{
    private static readonly ConditionalWeakTable<Catalogue, StatedValues> Laid = [];

    private readonly Lock _lock = new();
    private readonly Catalogue _catalogue;
    private readonly int[]?[] _items;
    private readonly Dictionary<(string Facet, string Value), int> _numbers = [];
    private readonly List<(string Facet, string Value)> _values = [];

    private StatedValues(Catalogue catalogue) => (_catalogue, _items) = (catalogue, new int[]?[catalogue.Count]);

    /// <summary>The values of a catalogue.</summary>
    /// <param name="catalogue">The catalogue.</param>
    public static StatedValues Of(Catalogue catalogue) => Laid.GetValue(catalogue, static catalogue => new StatedValues(catalogue));

    /// <summary>The numbers of what an item states.</summary>
    /// <param name="item">The item's handle.</param>
    public ReadOnlySpan<int> this[int item] => Volatile.Read(ref _items[item]) ?? LayOut(item);

    /// <summary>What a number stands for.</summary>
    /// <param name="number">The number.</param>
    public (string Facet, string Value) Value(int number)
    {
        lock (_lock)
            return _values[number];
    }

    private int[] LayOut(int item)
    {
        lock (_lock)
        {
            int[] numbers = [.. SharedPaths.Stated(_catalogue.Item(item)).Select(NumberOf)];
            Volatile.Write(ref _items[item], numbers);
            return numbers;
        }
    }

    private int NumberOf((string Facet, string Value) stated)
    {
        if (!_numbers.TryGetValue(stated, out var number))
        {
            _numbers.Add(stated, number = _values.Count);
            _values.Add(stated);
        }
        return number;
    }
}
