using System.Runtime.InteropServices;
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

    private readonly List<Leaning> _leanings;

    private AffinityTable(List<Leaning> leanings) => _leanings = leanings;

    /// <summary>The leanings in ordinal order of facet and value.</summary>
    public ReadOnlySpan<Leaning> Leanings => CollectionsMarshal.AsSpan(_leanings);

    /// <summary>The same as affinities.</summary>
    public IEnumerable<Affinity> Entries => _leanings.Select(static leaning => leaning.ToAffinity());

    /// <summary>A table of leanings in any order; of several of one facet and value the last counts.</summary>
    public static AffinityTable Of(IEnumerable<Affinity> affinities)
    {
        var table = new AffinityTable([]);
        foreach (var affinity in affinities)
            table.Set(table.Find(affinity.Facet, affinity.Value), Leaning.Of(affinity));
        return table;
    }

    /// <summary>A table of leanings that are distinct and in order; it takes the list over.</summary>
    public static AffinityTable OfOrdered(List<Leaning> leanings) => new(leanings);

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
        if (_leanings.Count > Capacity + Slack)
            Prune();
    }

    private void Add(IFacetSource facets, int item, string facet, double signal, long at)
    {
        var values = facets.Values(item, facet);
        for (var i = 0; i < Math.Min(values.Length, ValuesPerFacet); i++)
        {
            if (IsNumber(values[i]))
                continue;
            var place = Find(facet, values[i]);
            var old = place >= 0 ? _leanings[place] : new Leaning(FacetVocabulary.Number(facet, values[i]), 0, at, 0, 0);
            // A signal that arrives late is itself decayed to the newest time.
            var newest = Math.Max(old.At, at);
            var kept = Decay(newest - old.At);
            var added = Decay(newest - at);
            Set(place, old with
            {
                Signal = (old.Signal * kept) + (signal * added),
                Mass = (old.Mass * kept) + (Math.Abs(signal) * added),
                Count = old.Count + 1,
                At = newest,
            });
        }
    }

    private void Prune()
    {
        var newest = _leanings.Max(static leaning => leaning.At);
        // The sort is stable: of equally heavy ones those that come first in order stay.
        Leaning[] kept =
        [
            .. Enumerable.Range(0, _leanings.Count)
                .OrderByDescending(place => _leanings[place].Mass * Decay(newest - _leanings[place].At))
                .Take(Capacity)
                .Order()
                .Select(place => _leanings[place]),
        ];
        _leanings.Clear();
        _leanings.AddRange(kept);
    }

    /// <summary>Where a leaning is; the complement of where it belongs when there is none.</summary>
    private int Find(string facet, string value)
    {
        var (low, high) = (0, _leanings.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = FacetValueOrder.Instance.Compare(FacetVocabulary.Pair(_leanings[middle].Number), (facet, value));
            if (order == 0)
                return middle;
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return ~low;
    }

    private void Set(int place, Leaning leaning)
    {
        if (place >= 0)
            _leanings[place] = leaning;
        else
            _leanings.Insert(~place, leaning);
    }

    private static bool IsNumber(string value) =>
        double.TryParse(value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);

    private static double Decay(long milliseconds) => Math.Pow(2, -milliseconds / HalfLife.TotalMilliseconds);
}
