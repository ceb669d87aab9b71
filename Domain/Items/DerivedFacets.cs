using System.Collections.Immutable;
using System.Globalization;

namespace AgentRec.Domain;

/// <summary>Facets that follow from an item's stated facts and its place in the data.</summary>
public static class DerivedFacets
{
    /// <summary>The values of a facet, stated or derived; a derived name wins over a stated facet of the same name.</summary>
    /// <param name="item">The item.</param>
    /// <param name="stratum">The item's stratum in the data in force.</param>
    /// <param name="facet">The facet's name, or alternatives of which the first that the item has counts.</param>
    /// <returns>The values, possibly none.</returns>
    public static ImmutableArray<string> Values(Item item, Stratum stratum, string facet) => facet switch
    {
        _ when facet.Contains(FacetNames.Alternatives) => First(item, stratum, facet),
        FacetNames.FirstGenre => item.Values(FacetNames.Genre) is { IsEmpty: false } genres ? [genres[0]] : [],
        FacetNames.Decade => Decade(item) is { } decade ? [decade] : [],
        FacetNames.Stratum => [Name(stratum)],
        FacetNames.Provider => item.Provider is { } provider ? [provider] : [],
        FacetNames.Item => [item.ItemId],
        _ => item.Values(facet),
    };

    /// <summary>The stratum as a facet value.</summary>
    /// <param name="stratum">The stratum.</param>
    public static string Name(Stratum stratum) => stratum switch
    {
        Domain.Stratum.Head => "head",
        Domain.Stratum.Torso => "torso",
        _ => "tail",
    };

    private static ImmutableArray<string> First(Item item, Stratum stratum, string alternatives)
    {
        foreach (var facet in alternatives.Split(FacetNames.Alternatives))
        {
            if (Values(item, stratum, facet) is { IsEmpty: false } values)
                return values;
        }
        return [];
    }

    private static string? Decade(Item item) =>
        item.Values(FacetNames.Year) is { IsEmpty: false } years
        && int.TryParse(years[0], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            ? string.Create(CultureInfo.InvariantCulture, $"{year / 10 * 10}s")
            : null;
}
