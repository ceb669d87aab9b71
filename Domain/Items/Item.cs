using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>One thing that can be recommended, as the catalogue states it.</summary>
/// <param name="ItemId">The id (see <see cref="Identifier"/>).</param>
/// <param name="Title">What a person reads; never empty.</param>
/// <param name="Provider">Who offers the item, where that is known.</param>
/// <param name="Facets">Named values, by facet name in ordinal order. A facet without values is absent.</param>
/// <param name="Text">Free text about the item, where there is any.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Item")]
public sealed record Item(
    [property: Id(0)] string ItemId,
    [property: Id(1)] string Title,
    [property: Id(2)] string? Provider,
    [property: Id(3)] ImmutableSortedDictionary<string, ImmutableArray<string>> Facets,
    [property: Id(4)] string? Text)
{
    /// <summary>A catalogue without facets.</summary>
    public static ImmutableSortedDictionary<string, ImmutableArray<string>> NoFacets { get; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    /// <summary>The stated values of a facet, in the catalogue's order; empty when there are none.</summary>
    /// <param name="facet">The facet's name, exactly.</param>
    public ImmutableArray<string> Values(string facet) => Facets.TryGetValue(facet, out var values) ? values : [];

    /// <summary>Equal by content, collections included.</summary>
    /// <param name="other">The other item.</param>
    public bool Equals(Item? other) =>
        other is not null
        && string.Equals(ItemId, other.ItemId, StringComparison.Ordinal)
        && string.Equals(Title, other.Title, StringComparison.Ordinal)
        && string.Equals(Provider, other.Provider, StringComparison.Ordinal)
        && string.Equals(Text, other.Text, StringComparison.Ordinal)
        && Facets.Count == other.Facets.Count
        && Facets.All(facet => other.Facets.TryGetValue(facet.Key, out var values) && facet.Value.SequenceEqual(values, StringComparer.Ordinal));

    /// <inheritdoc/>
    public override int GetHashCode() => (int)StableHash.Of(0, ItemId, Title);
}
