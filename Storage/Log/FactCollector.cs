using AgentRec.Grains.Abstractions.Storage;

namespace AgentRec.Storage.Log;

/// <summary>Makes facts of the rows that speak of them.</summary>
/// <param name="itemIds">The items asked about.</param>
internal sealed class FactCollector(IReadOnlyCollection<string> itemIds)
{
    private readonly HashSet<string> _consumed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<DateTimeOffset>> _shown = new(StringComparer.Ordinal);

    /// <summary>The first millisecond at or after a moment: rows know no finer time.</summary>
    /// <param name="moment">The moment.</param>
    public static long CeilingMilliseconds(DateTimeOffset moment)
    {
        var floor = moment.ToUnixTimeMilliseconds();
        return DateTimeOffset.FromUnixTimeMilliseconds(floor) < moment ? floor + 1 : floor;
    }

    /// <summary>An item was consumed.</summary>
    /// <param name="itemId">The item.</param>
    public void AddConsumed(string itemId) => _consumed.Add(itemId);

    /// <summary>An item was shown; showings come in the order of their time.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="at">When, in Unix milliseconds.</param>
    public void AddShown(string itemId, long at)
    {
        if (!_shown.TryGetValue(itemId, out var moments))
            _shown.Add(itemId, moments = []);
        moments.Add(DateTimeOffset.FromUnixTimeMilliseconds(at));
    }

    /// <summary>A fact for each item asked about.</summary>
    public IReadOnlyDictionary<string, ItemFact> All()
    {
        var facts = new Dictionary<string, ItemFact>(itemIds.Count, StringComparer.Ordinal);
        foreach (var item in itemIds)
            facts[item] = new ItemFact(_consumed.Contains(item), _shown.GetValueOrDefault(item) ?? []);
        return facts;
    }
}
