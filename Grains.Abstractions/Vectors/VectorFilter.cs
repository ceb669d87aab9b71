using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Grains.Abstractions.Vectors;

/// <summary>
/// What items a query may find. A condition is met when at least one value of the facet meets it: a facet with several values
/// may meet two conditions with two of them. An item without the facet meets no condition, and so passes <see cref="MustNot"/>.
/// </summary>
/// <param name="Must">Conditions that all must be met.</param>
/// <param name="MustNot">Conditions of which none may be met.</param>
public sealed record VectorFilter(ImmutableArray<FacetCondition> Must, ImmutableArray<FacetCondition> MustNot)
{
    /// <summary>Everything passes.</summary>
    public static VectorFilter None { get; } = new([], []);

    /// <summary>The filter that passes exactly what meets all these constraints, whatever their strength.</summary>
    /// <param name="constraints">The constraints.</param>
    /// <remarks>One difference: values that are infinite are no numbers here, since not every index can keep them.</remarks>
    public static VectorFilter Of(IEnumerable<Constraint> constraints)
    {
        var (must, mustNot) = (ImmutableArray.CreateBuilder<FacetCondition>(), ImmutableArray.CreateBuilder<FacetCondition>());
        foreach (var constraint in constraints)
        {
            var bound = constraint.Values is [var first, ..] && FacetNumber.TryRead(first, out var number) ? number : double.NaN;
            switch (constraint.Op)
            {
                case ConstraintOperator.Eq or ConstraintOperator.In:
                    must.Add(new FacetMatch(constraint.Facet, constraint.Values));
                    break;
                case ConstraintOperator.Ne:
                    mustNot.Add(new FacetMatch(constraint.Facet, constraint.Values));
                    break;
                case ConstraintOperator.Lt:
                    must.Add(new FacetRange(constraint.Facet) { LessThan = bound });
                    break;
                case ConstraintOperator.Le:
                    must.Add(new FacetRange(constraint.Facet) { AtMost = bound });
                    break;
                case ConstraintOperator.Gt:
                    must.Add(new FacetRange(constraint.Facet) { GreaterThan = bound });
                    break;
                default:
                    must.Add(new FacetRange(constraint.Facet) { AtLeast = bound });
                    break;
            }
        }
        return new VectorFilter(must.ToImmutable(), mustNot.ToImmutable());
    }
}

/// <summary>A condition on a facet.</summary>
/// <param name="Facet">The facet's name, or alternatives (see <see cref="FacetNames"/>) of which the first that an item has values of counts.</param>
public abstract record FacetCondition(string Facet)
{
    /// <summary>True when an item with these values meets the condition.</summary>
    /// <param name="values">The item's values of <see cref="Facet"/>.</param>
    public abstract bool IsMetBy(ImmutableArray<string> values);
}

/// <summary>A value is one of several, in upper or lower case alike.</summary>
/// <param name="Facet">The facet.</param>
/// <param name="Values">The values; nothing is one of none.</param>
public sealed record FacetMatch(string Facet, ImmutableArray<string> Values) : FacetCondition(Facet)
{
    /// <inheritdoc/>
    public override bool IsMetBy(ImmutableArray<string> values)
    {
        foreach (var value in values)
        {
            if (Values.Contains(value, StringComparer.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}

/// <summary>A value is a number within bounds; a bound that is not a number admits nothing.</summary>
/// <param name="Facet">The facet.</param>
public sealed record FacetRange(string Facet) : FacetCondition(Facet)
{
    /// <summary>The bound below which, or at which, a value is too small.</summary>
    public double? GreaterThan { get; init; }

    /// <summary>The bound below which a value is too small.</summary>
    public double? AtLeast { get; init; }

    /// <summary>The bound above which, or at which, a value is too great.</summary>
    public double? LessThan { get; init; }

    /// <summary>The bound above which a value is too great.</summary>
    public double? AtMost { get; init; }

    /// <inheritdoc/>
    public override bool IsMetBy(ImmutableArray<string> values)
    {
        foreach (var value in values)
        {
            if (FacetNumber.TryRead(value, out var number) && double.IsFinite(number) && Admits(number))
                return true;
        }
        return false;
    }

    private bool Admits(double number) =>
        (GreaterThan is not { } greater || number > greater) && (AtLeast is not { } least || number >= least)
        && (LessThan is not { } less || number < less) && (AtMost is not { } most || number <= most);
}
