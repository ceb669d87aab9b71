using System.Globalization;
using AgentRec.Domain;

namespace AgentRec.Grains.Sessions;

/// <summary>The numbers that a constraint admits, decades as the years that they are.</summary>
/// <param name="Least">The least number.</param>
/// <param name="Greatest">The greatest number.</param>
/// <param name="IsOpen">True when an end is not part of it.</param>
internal readonly record struct NumberRange(double Least, double Greatest, bool IsOpen)
{
    private const int YearsOfADecade = 10;

    /// <summary>The range of a constraint.</summary>
    /// <param name="constraint">The constraint.</param>
    /// <returns>Null where it does not admit a range of numbers.</returns>
    public static NumberRange? Of(Constraint constraint)
    {
        if (constraint.Op is ConstraintOperator.Ne)
            return null;
        var isDecade = string.Equals(constraint.Facet, FacetNames.Decade, StringComparison.Ordinal);
        var numbers = constraint.Values.Select(value => Number(isDecade ? value.TrimEnd('s') : value)).ToArray();
        if (numbers.Length == 0 || numbers.Any(number => number is null))
            return null;
        var (least, greatest) = (numbers.Min()!.Value, numbers.Max()!.Value);
        return constraint.Op switch
        {
            ConstraintOperator.Lt => new NumberRange(double.NegativeInfinity, least, IsOpen: true),
            ConstraintOperator.Le => new NumberRange(double.NegativeInfinity, least, IsOpen: false),
            ConstraintOperator.Gt => new NumberRange(least, double.PositiveInfinity, IsOpen: true),
            ConstraintOperator.Ge => new NumberRange(least, double.PositiveInfinity, IsOpen: false),
            _ => new NumberRange(least, isDecade ? greatest + YearsOfADecade - 1 : greatest, IsOpen: false),
        };
    }

    /// <summary>True when no number is in both.</summary>
    /// <param name="other">The other range.</param>
    public bool IsDisjoint(NumberRange other)
    {
        var (least, greatest) = (Math.Max(Least, other.Least), Math.Min(Greatest, other.Greatest));
        return least > greatest || (least == greatest && (IsOpen || other.IsOpen));
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
