using System.Collections.Immutable;
using System.Globalization;

namespace AgentRec.Recommenders.Vectors;

/// <summary>Sorts numeric facet values (year, runtime, price) into tenths of the catalogue, so that near numbers share a term.</summary>
/// <param name="Thresholds">The lower bounds of the buckets, ascending, by facet.</param>
internal sealed record NumberBuckets(ImmutableSortedDictionary<string, ImmutableArray<double>> Thresholds)
{
    private const int Buckets = 10;

    /// <summary>Finds the numeric facets, those whose every value is a number and that have more values than buckets.</summary>
    /// <param name="catalogue">The catalogue.</param>
    public static NumberBuckets Fit(Catalogue catalogue)
    {
        var numbers = new SortedDictionary<string, List<double>?>(StringComparer.Ordinal);
        foreach (var (facet, value) in catalogue.Items.SelectMany(item => item.Facets).SelectMany(facet => facet.Value.Select(value => (facet.Key, value))))
        {
            if (!numbers.TryGetValue(facet, out var values))
                numbers.Add(facet, values = []);
            if (values is not null && TryNumber(value, out var number))
                values.Add(number);
            else
                numbers[facet] = null;
        }
        return new NumberBuckets(numbers
            .Where(facet => facet.Value is { } values && values.Distinct().Count() > Buckets)
            .ToImmutableSortedDictionary(facet => facet.Key, facet => Quantiles(facet.Value!), StringComparer.Ordinal));
    }

    /// <summary>The term of a facet value.</summary>
    /// <param name="facet">The facet's name.</param>
    /// <param name="value">The value.</param>
    public string Term(string facet, string value) =>
        Thresholds.TryGetValue(facet, out var thresholds) && TryNumber(value, out var number)
            ? string.Create(CultureInfo.InvariantCulture, $"{facet}#{thresholds.Count(threshold => threshold <= number)}")
            : $"{facet}={value.ToLowerInvariant()}";

    private static ImmutableArray<double> Quantiles(List<double> values)
    {
        values.Sort();
        return [.. Enumerable.Range(1, Buckets - 1).Select(i => values[i * values.Count / Buckets]).Distinct()];
    }

    private static bool TryNumber(string value, out double number) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
