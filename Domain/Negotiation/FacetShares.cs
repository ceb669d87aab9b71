using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>How some items spread over the values of a facet; each item gives one vote, evenly to its values.</summary>
/// <param name="Facet">The facet.</param>
/// <param name="Shares">By value in ordinal order, values without votes left out; empty: there were no items.</param>
[GenerateSerializer, Immutable, Alias("agentrec.FacetShares")]
public sealed record FacetShares([property: Id(0)] string Facet, [property: Id(1)] ImmutableArray<FacetShare> Shares)
{
    /// <summary>Equal by content.</summary>
    /// <param name="other">The other shares.</param>
    public bool Equals(FacetShares? other) =>
        other is not null && string.Equals(Facet, other.Facet, StringComparison.Ordinal) && Shares.SequenceEqual(other.Shares);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(StableHash.Of(0, Facet), Shares.Length);
}

/// <summary>The share of one value.</summary>
/// <param name="Value">The value; empty for items that lack the facet.</param>
/// <param name="Millionths">Its part of all votes, in millionths.</param>
[GenerateSerializer, Immutable, Alias("agentrec.FacetShare")]
public readonly record struct FacetShare([property: Id(0)] string Value, [property: Id(1)] long Millionths);
