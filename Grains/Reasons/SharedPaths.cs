using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;
using AgentRec.Recommenders;

namespace AgentRec.Grains.Reasons;

/// <summary>A value that an item shares with one of the user's own.</summary>
/// <param name="Own">The own item, by handle.</param>
/// <param name="Facet">The facet.</param>
/// <param name="Value">The value.</param>
internal sealed record SharedPath(int Own, string Facet, string Value);

/// <summary>
/// Finds what ties an item to one that the user received well: of the values that both state the most telling, of the own items
/// with that value the one that was rated highest, and of those the newest.
/// </summary>
/// <remarks>
/// A value is telling when few items have it. So that a rare value of a facet by which nobody chooses (a licence, a
/// distributor) does not win over a shared director, a facet counts as telling only where a typical value of it is rare too;
/// after such facets come genres, then all else. Numbers tell little and are left to constraints; derived facets are not facts
/// of their own.
/// </remarks>
internal sealed class SharedPaths
{
    /// <summary>A value that more than this part of the catalogue carries tells nothing by being shared, unless it is a genre.</summary>
    private const double Commonplace = 0.2;

    /// <summary>A value is rare when at most this part of the catalogue carries it, or <see cref="Handful"/> items.</summary>
    private const double Rare = 0.01;

    private const int Handful = 8;

    private static readonly ImmutableArray<string> Derived =
        [FacetNames.FirstGenre, FacetNames.Decade, FacetNames.Stratum, FacetNames.Provider, FacetNames.Item];

    private readonly Catalogue _catalogue;
    private readonly StatedValues _values;
    private readonly Dictionary<int, (int Item, double Rating)> _own = [];

    /// <summary>Lays out what the user's own items state.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="deeds">What the user received well.</param>
    public SharedPaths(Catalogue catalogue, OwnDeeds deeds)
    {
        (_catalogue, _values) = (catalogue, StatedValues.Of(catalogue));
        foreach (var item in deeds.Items)
        {
            // An offer can rest on a catalogue older than what the user met since.
            if (item >= catalogue.Count)
                continue;
            var rating = deeds.Find(item)?.Rating ?? 0;
            foreach (var stated in _values[item])
            {
                if (!_own.TryGetValue(stated, out var best) || rating >= best.Rating)
                    _own[stated] = (item, rating);
            }
        }
    }

    /// <summary>The most telling path to an item; null when there is none worth telling.</summary>
    /// <param name="item">The item's handle; not one of the user's own.</param>
    public SharedPath? Find(int item)
    {
        var shared = new List<(string Facet, string Value, int Own)>();
        foreach (var stated in _values[item])
        {
            if (!_own.TryGetValue(stated, out var own) || own.Item == item)
                continue;
            var (facet, value) = _values.Value(stated);
            shared.Add((facet, value, own.Item));
        }
        var best = shared
            .Select(stated => (Stated: stated, Count: _catalogue.Frequency(stated.Facet, stated.Value)))
            .Where(one => IsGenre(one.Stated.Facet) || one.Count <= Commonplace * _catalogue.Count)
            .OrderBy(one => Tier(one.Stated.Facet, one.Count))
            .ThenBy(one => one.Count)
            .ThenBy(one => one.Stated.Facet, StringComparer.Ordinal)
            .ThenBy(one => one.Stated.Value, StringComparer.Ordinal)
            .Select(one => one.Stated)
            .FirstOrDefault();
        return best.Facet is null ? null : new SharedPath(best.Own, best.Facet, best.Value);
    }

    /// <summary>What an item states in words.</summary>
    /// <param name="item">The item.</param>
    public static IEnumerable<(string Facet, string Value)> Stated(Item item) =>
        from facet in item.Facets
        where !Derived.Contains(facet.Key, StringComparer.Ordinal) && !facet.Key.Contains(FacetNames.Alternatives)
        from value in facet.Value
        where !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        select (facet.Key, value);

    /// <summary>True for the facet of genres.</summary>
    /// <param name="facet">The facet.</param>
    public static bool IsGenre(string facet) => string.Equals(facet, FacetNames.Genre, StringComparison.Ordinal);

    private int Tier(string facet, int count)
    {
        if (IsGenre(facet))
            return 1;
        var few = Math.Max(Handful, Rare * _catalogue.Count);
        return count <= few && _catalogue.TypicalFrequency(facet) <= few ? 0 : 2;
    }
}
