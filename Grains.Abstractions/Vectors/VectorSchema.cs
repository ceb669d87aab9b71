using System.Collections.Immutable;

namespace AgentRec.Grains.Abstractions.Vectors;

/// <summary>What a collection is made of.</summary>
/// <param name="Spaces">The vector spaces, with distinct names. A point may lack a vector in any of them.</param>
/// <param name="Facets">The facets that filters will ask for. Others can be asked for too, but are slower where vectors are many.</param>
public sealed record VectorSchema(ImmutableArray<VectorSpace> Spaces, ImmutableArray<FacetField> Facets)
{
    /// <summary>Says what is wrong with a vector, or null when nothing is.</summary>
    /// <param name="space">The space it is meant for.</param>
    /// <param name="vector">The vector.</param>
    /// <returns>A sentence, or null.</returns>
    public string? Problem(string space, ReadOnlySpan<float> vector)
    {
        if (Spaces.FirstOrDefault(known => string.Equals(known.Name, space, StringComparison.Ordinal)) is not { } known)
            return $"there is no vector space '{space}'; there are {string.Join(", ", Spaces.Select(other => other.Name))}";
        if (vector.Length != known.Size)
            return $"a vector of space '{space}' has {known.Size} components, not {vector.Length}";
        foreach (var component in vector)
        {
            if (!float.IsFinite(component))
                return $"a vector of space '{space}' holds {component}: components must be finite";
        }
        return null;
    }
}

/// <summary>One vector space of a collection.</summary>
/// <param name="Name">The name (see <see cref="VectorSpaces"/>).</param>
/// <param name="Size">The number of components; at least 1.</param>
/// <param name="Similarity">How vectors compare.</param>
public sealed record VectorSpace(string Name, int Size, VectorSimilarity Similarity);

/// <summary>How two vectors compare; the greater, the nearer.</summary>
public enum VectorSimilarity
{
    /// <summary>The inner product.</summary>
    Dot,

    /// <summary>The cosine of the angle between them, in [-1,1]; 0 to a vector of length 0.</summary>
    Cosine,
}

/// <summary>A facet that filters ask for.</summary>
/// <param name="Name">The facet's name, without alternatives.</param>
/// <param name="IsNumeric">True when some of its values are numbers, so that ranges make sense.</param>
public sealed record FacetField(string Name, bool IsNumeric);

/// <summary>Names of vector spaces that mean something to the system.</summary>
public static class VectorSpaces
{
    /// <summary>What items are: the model's content space, in which texts have vectors too.</summary>
    public const string Content = "content";

    /// <summary>Who takes to items: the item factors of implicit ALS. Items that came after training have none.</summary>
    public const string Collaborative = "collaborative";
}
