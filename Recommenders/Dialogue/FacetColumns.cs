using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Dialogue;

/// <summary>A facet as a window shows it.</summary>
/// <param name="Facet">The facet's name.</param>
/// <param name="Values">The values of each item of the window, in its order.</param>
internal sealed record FacetColumn(string Facet, ImmutableArray<ImmutableArray<string>> Values)
{
    /// <summary>Fewer different numbers than this are offered as they are.</summary>
    private const int FewNumbers = 5;

    /// <summary>True when some item has several values.</summary>
    public bool IsSeveralValued => Values.Any(values => values.Length > 1);

    /// <summary>True when all values are numbers, and too many to be named one by one.</summary>
    public bool IsNumeric =>
        Values.All(values => values.All(value => Number(value) is not null))
        && Values.SelectMany(values => values).Distinct(StringComparer.Ordinal).Skip(FewNumbers).Any();

    /// <summary>A value as a number.</summary>
    /// <param name="value">The value.</param>
    public static double? Number(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}

/// <summary>The facets of a window that can be asked about.</summary>
internal static class FacetColumns
{
    /// <summary>More facets than this are not asked about: those that most items state go first.</summary>
    private const int Greatest = 12;

    /// <summary>A value that is longer is prose, and no answer to anything.</summary>
    private const int LongestValue = 60;

    /// <summary>A facet that a smaller part of the window states cannot be asked about.</summary>
    private const double LeastCoverage = 0.05;

    /// <summary>Collects the facets: those that items state, the most stated first. Decades are years in other words: they are asked about where they are named.</summary>
    /// <param name="facets">The catalogue.</param>
    /// <param name="window">The window.</param>
    /// <param name="allowed">The facets that may be asked about; none: all.</param>
    public static ImmutableArray<FacetColumn> Of(IFacetSource facets, ImmutableArray<WeightedItem> window, ImmutableArray<string> allowed)
    {
        var names = window.SelectMany(item => facets.Item(item.Handle).Facets.Keys)
            .Concat(allowed.Where(name => string.Equals(name, FacetNames.Decade, StringComparison.Ordinal)))
            .Where(name => name is not FacetNames.Item && !name.Contains(FacetNames.Alternatives))
            .Where(name => allowed.IsEmpty || allowed.Contains(name, StringComparer.Ordinal))
            .Distinct(StringComparer.Ordinal);
        return
        [
            .. names.Select(name => new FacetColumn(name, [.. window.Select(item => facets.Values(item.Handle, name))]))
                .Select(column => (Column: column, Stated: column.Values.Count(values => !values.IsEmpty)))
                .Where(one => one.Stated > LeastCoverage * window.Length && one.Column.Values.All(values => values.All(value => value.Length <= LongestValue)))
                .OrderByDescending(one => one.Stated).ThenBy(one => one.Column.Facet, StringComparer.Ordinal)
                .Take(Greatest)
                .Select(one => one.Column),
        ];
    }
}
