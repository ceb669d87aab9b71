using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Import.Formats;

/// <summary>Builds an item's facets; what has no value is left out.</summary>
internal sealed class Facets
{
    private readonly ImmutableSortedDictionary<string, ImmutableArray<string>>.Builder _facets = Item.NoFacets.ToBuilder();

    /// <summary>Adds a facet with its values in order, blank ones and repetitions left out.</summary>
    /// <param name="name">The facet's name.</param>
    /// <param name="values">The values.</param>
    public Facets Add(string name, params IEnumerable<string?> values)
    {
        var stated = values.Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value!.Trim()).Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (!stated.IsEmpty)
            _facets[name] = stated;
        return this;
    }

    /// <summary>The facets.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Build() => _facets.ToImmutable();
}
