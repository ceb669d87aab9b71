using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;
using AgentRec.Language.Text;

namespace AgentRec.Language.Vocabularies;

/// <summary>
/// The words of a catalogue: what its facets are called, which values they have, and how its items are titled. It is made once for a
/// catalogue, and read by any number of threads.
/// </summary>
public sealed class Vocabulary
{
    private readonly FrozenDictionary<string, Item> _items;
    private readonly FrozenSet<string> _severalValued;
    private readonly ImmutableArray<NumericFacet> _numeric;

    private Vocabulary(IReadOnlyCollection<Item> items)
    {
        _items = items.ToFrozenDictionary(item => item.ItemId, StringComparer.Ordinal);
        var columns = FacetColumn.Of(items);
        _severalValued = columns.Where(column => column.IsSeveralValued).Select(column => column.Name).ToFrozenSet(StringComparer.Ordinal);
        _numeric = [.. columns.Where(column => column.IsNumeric).Select(column => NumericFacet.Of(column.Name, column.NameParts))];
        Values = ValueTable.Of(columns.Where(column => !column.IsNumeric));
        Facets = FacetTable.Of(columns);
        Titles = TitleTable.Of(items);
        Sought = SearchWords.Of(items, columns);
    }

    /// <summary>Phrases that mean values.</summary>
    internal PhraseTable<FacetValue> Values { get; }

    /// <summary>Phrases that mean facets.</summary>
    internal PhraseTable<string> Facets { get; }

    /// <summary>Phrases that mean items, by id.</summary>
    internal PhraseTable<string> Titles { get; }

    /// <summary>Words that a text search can find something by.</summary>
    internal SearchWords Sought { get; }

    /// <summary>Learns the words of a catalogue.</summary>
    /// <param name="items">Its items, with distinct ids.</param>
    public static Vocabulary Of(IReadOnlyCollection<Item> items) => new(items);

    /// <summary>The facet that measures something, and its unit.</summary>
    /// <param name="measure">What is measured.</param>
    /// <returns>Null where the catalogue does not say it.</returns>
    internal NumericFacet? Facet(Measure measure) => measure is Measure.Length
        ? Facet(Measure.Duration) ?? Facet(Measure.Pages)
        : _numeric.FirstOrDefault(facet => facet.Measure == measure);

    /// <summary>The numeric facet of a name.</summary>
    /// <param name="name">The facet's name.</param>
    /// <returns>Null where the facet has no numbers.</returns>
    internal NumericFacet? Numeric(string name) => _numeric.FirstOrDefault(facet => string.Equals(facet.Name, name, StringComparison.Ordinal));

    /// <summary>True when an item may have several values of a facet, and so meet two wishes at once.</summary>
    /// <param name="facet">The facet's name.</param>
    internal bool IsSeveralValued(string facet) => _severalValued.Contains(facet);

    /// <summary>An item's number.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="facet">The facet.</param>
    /// <returns>Null where the item has none.</returns>
    internal double? Number(string itemId, string facet) =>
        _items.TryGetValue(itemId, out var item) && item.Values(facet) is [var first, ..]
        && double.TryParse(first, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>True when the catalogue has the item.</summary>
    /// <param name="itemId">The item.</param>
    internal bool Has(string itemId) => _items.ContainsKey(itemId);
}
