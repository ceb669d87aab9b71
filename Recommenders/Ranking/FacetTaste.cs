using System.Globalization;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Ranking;

/// <summary>
/// The stated facets of a catalogue as numbers, in two kinds: coarse ones, of few values that many items carry (a genre), and
/// fine ones, whose values tell items apart (a director, a provider). Facets of numbers are neither.
/// </summary>
internal sealed class FacetTaste
{
    private const int MostCoarseValues = 64;
    private static readonly int[] Nothing = [];
    private readonly int[][] _coarse;
    private readonly int[][] _fine;

    private FacetTaste(int[][] coarse, int[][] fine, int count) => (_coarse, _fine, Count) = (coarse, fine, count);

    /// <summary>How many values there are.</summary>
    public int Count { get; }

    /// <summary>Reads a catalogue.</summary>
    /// <param name="catalogue">The catalogue.</param>
    public static FacetTaste Of(Catalogue catalogue)
    {
        var names = catalogue.Items.SelectMany(item => item.Facets.Keys).Append(FacetNames.Provider).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var (coarse, fine) = (new List<int>[catalogue.Count], new List<int>[catalogue.Count]);
        var known = 0;
        foreach (var name in names)
        {
            var values = new Dictionary<string, int>(StringComparer.Ordinal);
            var isNumber = true;
            for (var item = 0; item < catalogue.Count; item++)
            {
                foreach (var value in catalogue.Values(item, name))
                {
                    values.TryAdd(value, known + values.Count);
                    isNumber &= double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
                }
            }
            if (isNumber)
                continue;
            var kind = values.Count <= MostCoarseValues ? coarse : fine;
            for (var item = 0; item < catalogue.Count; item++)
            {
                foreach (var value in catalogue.Values(item, name))
                    (kind[item] ??= []).Add(values[value]);
            }
            known += values.Count;
        }
        return new FacetTaste(Arrays(coarse), Arrays(fine), known);
    }

    /// <summary>The coarse values of an item.</summary>
    /// <param name="item">The item.</param>
    public ReadOnlySpan<int> Coarse(int item) => _coarse[item];

    /// <summary>The fine values of an item.</summary>
    /// <param name="item">The item.</param>
    public ReadOnlySpan<int> Fine(int item) => _fine[item];

    /// <summary>How often values occur among items, as a share of the items.</summary>
    /// <param name="items">Items, as handles.</param>
    /// <returns>Shares in [0, 1] by value.</returns>
    public float[] Shares(ReadOnlySpan<int> items)
    {
        var shares = new float[Count];
        foreach (var item in items)
        {
            foreach (var value in _coarse[item])
                shares[value] += 1f / items.Length;
            foreach (var value in _fine[item])
                shares[value] += 1f / items.Length;
        }
        return shares;
    }

    private static int[][] Arrays(List<int>[] lists) => [.. lists.Select(list => list?.ToArray() ?? Nothing)];
}
