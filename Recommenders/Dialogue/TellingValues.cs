using System.Collections.Immutable;
using System.Numerics;

namespace AgentRec.Recommenders.Dialogue;

/// <summary>
/// Chooses the values that a question offers about a facet of which items have several values. The most frequent ones are not the most
/// telling there: who wants a drama that is also a comedy answers either.
/// </summary>
internal static class TellingValues
{
    /// <summary>How many values, the weightiest first, are considered.</summary>
    private const int Considered = 24;

    /// <summary>Less than this, in bits, is no difference.</summary>
    private const double Least = 1e-9;

    /// <summary>
    /// Takes one value after the other, each time the one with which the answer tells most: the entropy of the answer less what is left
    /// open of it by somebody who knows what is wanted and picks any of the values that fit, or none of these.
    /// </summary>
    /// <param name="column">The facet.</param>
    /// <param name="window">The window that the column shows.</param>
    /// <param name="values">What can be offered, the weightiest first.</param>
    /// <param name="options">The greatest number of values offered.</param>
    /// <returns>Those to offer, the weightiest first.</returns>
    public static string[] Of(FacetColumn column, ImmutableArray<WeightedItem> window, string[] values, int options)
    {
        var places = values.Take(Considered).Index().ToDictionary(value => value.Item, value => value.Index, StringComparer.OrdinalIgnoreCase);
        var groups = new SortedDictionary<uint, double>();
        for (var i = 0; i < window.Length; i++)
        {
            var fits = 0u;
            foreach (var value in column.Values[i])
                fits |= places.TryGetValue(value, out var place) ? 1u << place : 0;
            groups[fits] = groups.GetValueOrDefault(fits) + window[i].Weight;
        }
        var offered = 0u;
        while (BitOperations.PopCount(offered) < Math.Min(options, places.Count))
        {
            var (next, most) = (0u, double.NegativeInfinity);
            for (var place = 0; place < places.Count; place++)
            {
                if ((offered >> place & 1) == 0 && Told(groups, offered | 1u << place) is var told && told > most + Least)
                    (next, most) = (1u << place, told);
            }
            offered |= next;
        }
        return [.. values.Take(Considered).Where((_, place) => (offered >> place & 1) != 0)];
    }

    /// <summary>What the answer tells in bits, times the weight of the window.</summary>
    private static double Told(SortedDictionary<uint, double> groups, uint offered)
    {
        Span<double> answers = stackalloc double[Considered];
        var (none, total, open) = (0.0, 0.0, 0.0);
        foreach (var (fits, weight) in groups)
        {
            total += weight;
            var count = BitOperations.PopCount(fits & offered);
            if (count == 0)
                none += weight;
            open += count > 1 ? weight * Math.Log2(count) : 0;
            for (var left = fits & offered; left != 0; left &= left - 1)
                answers[BitOperations.TrailingZeroCount(left)] += weight / count;
        }
        var told = Entropy(none, total) - open;
        foreach (var answer in answers)
            told += Entropy(answer, total);
        return told;
    }

    private static double Entropy(double weight, double total) => weight > 0 ? -weight * Math.Log2(weight / total) : 0;
}
