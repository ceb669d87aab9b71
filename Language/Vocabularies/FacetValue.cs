using System.Collections.Immutable;

namespace AgentRec.Language.Vocabularies;

/// <summary>How a phrase comes to mean a value, the surest first.</summary>
internal enum Ground
{
    /// <summary>It is the value.</summary>
    Exact,

    /// <summary>It is one side of a value with a slash.</summary>
    Part,

    /// <summary>It is another word for it.</summary>
    Synonym,

    /// <summary>It is the last word of a person's name.</summary>
    Surname,
}

/// <summary>What a phrase means: a value of a facet, or values of several facets together.</summary>
/// <param name="Facet">The facet.</param>
/// <param name="Values">The values as the catalogue writes them, any of which counts.</param>
/// <param name="Ground">How the phrase comes to mean it.</param>
internal sealed record FacetValue(string Facet, ImmutableArray<string> Values, Ground Ground)
{
    /// <summary>What must hold beside it: a romcom is a comedy, and a romance too.</summary>
    public FacetValue? And { get; init; }

    /// <summary>Equal by content.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(FacetValue? other) =>
        other is not null && string.Equals(Facet, other.Facet, StringComparison.Ordinal) && Ground == other.Ground
        && Values.SequenceEqual(other.Values, StringComparer.Ordinal) && Equals(And, other.And);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Domain.StableHash.Of(0, Facet), Ground, Values.Length);
}
