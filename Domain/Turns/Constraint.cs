using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>How a constraint compares a facet with its value.</summary>
public enum ConstraintOperator
{
    /// <summary>Equal to the value.</summary>
    Eq,

    /// <summary>Not equal to the value.</summary>
    Ne,

    /// <summary>One of the values.</summary>
    In,

    /// <summary>Less than the value (numbers).</summary>
    Lt,

    /// <summary>At most the value (numbers).</summary>
    Le,

    /// <summary>Greater than the value (numbers).</summary>
    Gt,

    /// <summary>At least the value (numbers).</summary>
    Ge,
}

/// <summary>Whether an item that misses a constraint is left out or only worth less.</summary>
public enum ConstraintStrength
{
    /// <summary>Items that miss it are left out.</summary>
    Hard,

    /// <summary>Items that miss it lose utility.</summary>
    Soft,
}

/// <summary>A wish about a facet that a session keeps until it is taken back.</summary>
/// <param name="Facet">The facet's name, stated or derived.</param>
/// <param name="Op">The comparison.</param>
/// <param name="Values">The value, or for <see cref="ConstraintOperator.In"/> the values; at least one. Numbers in invariant form.</param>
/// <param name="Strength">Hard or soft.</param>
/// <param name="Source">The words it came from, where it came from words.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Constraint")]
public sealed record Constraint(
    [property: Id(0)] string Facet,
    [property: Id(1)] ConstraintOperator Op,
    [property: Id(2)] ImmutableArray<string> Values,
    [property: Id(3)] ConstraintStrength Strength,
    [property: Id(4)] string? Source)
{
    /// <summary>Equal by content.</summary>
    /// <param name="other">The other constraint.</param>
    public bool Equals(Constraint? other) =>
        other is not null && string.Equals(Facet, other.Facet, StringComparison.Ordinal) && Op == other.Op && Strength == other.Strength
        && Values.SequenceEqual(other.Values, StringComparer.Ordinal) && string.Equals(Source, other.Source, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(StableHash.Of(0, Facet), Op, Strength, Values.Length);

    /// <summary>True when an item with these facet values meets the constraint; an item without the facet meets only <see cref="ConstraintOperator.Ne"/>.</summary>
    /// <param name="facetValues">The item's values of <see cref="Facet"/>.</param>
    public bool IsMetBy(ImmutableArray<string> facetValues) => Op switch
    {
        ConstraintOperator.Ne => !facetValues.Any(Matches),
        ConstraintOperator.Eq or ConstraintOperator.In => facetValues.Any(Matches),
        _ => facetValues.Any(value => Number(value) is { } actual && Number(Values[0]) is { } bound && Compare(actual, bound)),
    };

    private static double? Number(string text) =>
        double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    private bool Matches(string value) => Values.Contains(value, StringComparer.OrdinalIgnoreCase);

    private bool Compare(double actual, double bound) => Op switch
    {
        ConstraintOperator.Lt => actual < bound,
        ConstraintOperator.Le => actual <= bound,
        ConstraintOperator.Gt => actual > bound,
        _ => actual >= bound,
    };
}
