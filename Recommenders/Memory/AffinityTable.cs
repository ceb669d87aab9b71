using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Memory;

/// <summary>
/// Facet affinities with exponential decay. A leaning is measured against the user's own newest signal on it, not against
/// today: a pause does not change a taste, newer behaviour does.
/// </summary>
internal sealed class AffinityTable
{
    /// <summary>After how long a signal counts half.</summary>
    public static readonly TimeSpan HalfLife = TimeSpan.FromDays(180);

    /// <summary>The table's size after pruning.</summary>
    private const int Capacity = 256;

    /// <summary>How far the table may grow before it is pruned, so that pruning is rare.</summary>
    private const int Slack = 64;

    /// <summary>Only the first values of a facet count: the catalogue lists the most telling ones first.</summary>
    private const int ValuesPerFacet = 3;

    private readonly SortedDictionary<(string Facet, string Value), Affinity> _entries = new(FacetValueOrder.Instance);

    public AffinityTable(ImmutableArray<Affinity> entries)
    {
        foreach (var entry in entries)
            _entries[(entry.Facet, entry.Value)] = entry;
    }

    public IEnumerable<Affinity> Entries => _entries.Values;

    public void Clear() => _entries.Clear();

    public void Add(IFacetSource facets, int item, double signal, long at)
    {
        if (signal == 0)
            return;
        foreach (var facet in facets.Item(item).Facets.Keys)
        {
            if (string.Equals(facet, FacetNames.Year, StringComparison.Ordinal))
                Add(facets, item, FacetNames.Decade, signal, at);
            else
                Add(facets, item, facet, signal, at);
        }
        if (_entries.Count > Capacity + Slack)
            Prune();
    }

    private void Add(IFacetSource facets, int item, string facet, double signal, long at)
    {
        foreach (var value in facets.Values(item, facet).Take(ValuesPerFacet))
        {
            if (IsNumber(value))
                continue;
            var old = _entries.TryGetValue((facet, value), out var known) ? known : new Affinity(facet, value, 0, 0, 0, at);
            // A signal that arrives late is itself decayed to the newest time.
            var newest = Math.Max(old.At, at);
            var kept = Decay(newest - old.At);
            var added = Decay(newest - at);
            _entries[(facet, value)] = old with
            {
                Signal = (old.Signal * kept) + (signal * added),
                Mass = (old.Mass * kept) + (Math.Abs(signal) * added),
                Count = old.Count + 1,
                At = newest,
            };
        }
    }

    private void Prune()
    {
        var newest = _entries.Values.Max(entry => entry.At);
        var surplus = _entries.Values
            .OrderByDescending(entry => entry.Mass * Decay(newest - entry.At))
            .ThenBy(entry => (entry.Facet, entry.Value), FacetValueOrder.Instance)
            .Skip(Capacity)
            .ToArray();
        foreach (var entry in surplus)
            _entries.Remove((entry.Facet, entry.Value));
    }

    private static bool IsNumber(string value) =>
        double.TryParse(value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);

    private static double Decay(long milliseconds) => Math.Pow(2, -milliseconds / HalfLife.TotalMilliseconds);
}
