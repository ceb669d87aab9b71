using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AgentRec.Domain;

namespace AgentRec.Language.Vocabularies;

/// <summary>A facet of the catalogue with its distinct values.</summary>
/// <param name="Name">The facet's name.</param>
/// <param name="Values">Its values in ordinal order.</param>
/// <param name="IsSeveralValued">True when an item has several of them.</param>
internal sealed record FacetColumn(string Name, ImmutableSortedSet<string> Values, bool IsSeveralValued)
{
    /// <summary>The words of the name: <c>weightKg</c> has two.</summary>
    public ImmutableArray<string> NameParts { get; } = PartsOf(Name);

    /// <summary>True when all values are numbers.</summary>
    public bool IsNumeric { get; } =
        Values.All(value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number));

    /// <summary>The facets of a catalogue, in ordinal order.</summary>
    /// <param name="items">Its items.</param>
    public static ImmutableArray<FacetColumn> Of(IEnumerable<Item> items)
    {
        var columns = new SortedDictionary<string, (ImmutableSortedSet<string>.Builder Values, bool IsSeveralValued)>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            foreach (var (facet, values) in item.Facets)
                Add(facet, values);
            if (item.Provider is { } provider && !item.Facets.ContainsKey(FacetNames.Provider))
                Add(FacetNames.Provider, [provider]);
        }
        return [.. columns.Select(column => new FacetColumn(column.Key, column.Value.Values.ToImmutable(), column.Value.IsSeveralValued))];

        void Add(string facet, ImmutableArray<string> values)
        {
            if (!columns.TryGetValue(facet, out var column))
                column = (ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal), false);
            column.Values.UnionWith(values);
            columns[facet] = (column.Values, column.IsSeveralValued || values.Length > 1);
        }
    }

    private static ImmutableArray<string> PartsOf(string name)
    {
        var parts = new StringBuilder();
        foreach (var unit in name)
        {
            if (!char.IsLetterOrDigit(unit))
                parts.Append(' ');
            else if (char.IsUpper(unit))
                parts.Append(' ').Append(char.ToLowerInvariant(unit));
            else
                parts.Append(unit);
        }
        return [.. parts.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }
}
