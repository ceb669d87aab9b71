using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Dialogue;

/// <summary>A range of numbers.</summary>
/// <param name="AtLeast">The least number; null: no bound.</param>
/// <param name="Below">What the numbers stay below; null: no bound.</param>
/// <param name="IsWhole">True when all numbers are whole: then the last one of the range can be named.</param>
internal sealed record NumericBand(double? AtLeast, double? Below, bool IsWhole)
{
    /// <summary>The range in words.</summary>
    public string Text => (AtLeast, Below) switch
    {
        (null, { } below) => IsWhole ? $"up to {Written(below - 1)}" : $"under {Written(below)}",
        ({ } least, null) => $"from {Written(least)}",
        ({ } least, { } below) when IsWhole => least == below - 1 ? Written(least) : $"{Written(least)} to {Written(below - 1)}",
        ({ } least, { } below) => $"{Written(least)} to under {Written(below)}",
        _ => "any",
    };

    /// <summary>The range as constraints.</summary>
    /// <param name="facet">The facet.</param>
    /// <param name="source">Where they come from.</param>
    public ImmutableArray<Constraint> Constraints(string facet, string source)
    {
        var constraints = ImmutableArray.CreateBuilder<Constraint>();
        if (AtLeast is { } least)
            constraints.Add(new Constraint(facet, ConstraintOperator.Ge, [Written(least)], ConstraintStrength.Soft, source));
        if (Below is { } below)
            constraints.Add(new Constraint(facet, ConstraintOperator.Lt, [Written(below)], ConstraintStrength.Soft, source));
        return constraints.ToImmutable();
    }

    private static string Written(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}

/// <summary>Cuts the numbers of a facet into ranges of about the same weight, at round numbers.</summary>
internal static class NumericBands
{
    /// <summary>More ranges than this are hard to tell apart.</summary>
    private const int Greatest = 4;

    private const int RoundDigits = 2;

    /// <summary>Cuts.</summary>
    /// <param name="column">The facet.</param>
    /// <param name="window">The window that the column shows.</param>
    /// <param name="options">The greatest number of ranges.</param>
    public static ImmutableArray<NumericBand> Of(FacetColumn column, ImmutableArray<WeightedItem> window, int options)
    {
        (double Number, double Weight)[] numbers =
        [
            .. Enumerable.Range(0, window.Length)
                .Where(i => !column.Values[i].IsEmpty && window[i].Weight > 0)
                .Select(i => (FacetColumn.Number(column.Values[i][0])!.Value, window[i].Weight))
                .OrderBy(one => one.Item1),
        ];
        if (numbers.Length == 0)
            return [];
        var (total, count) = (numbers.Sum(one => one.Weight), Math.Min(Greatest, options));
        var cuts = new SortedSet<double>();
        var passed = 0.0;
        for (var i = 0; i + 1 < numbers.Length && cuts.Count + 1 < count; i++)
        {
            passed += numbers[i].Weight;
            if (numbers[i + 1].Number > numbers[i].Number && passed >= total * (cuts.Count + 1) / count
                && Round(numbers[i + 1].Number, numbers[^1].Number - numbers[0].Number) is var cut && cut > numbers[0].Number && cut <= numbers[^1].Number)
                cuts.Add(cut);
        }
        double?[] bounds = [null, .. cuts.Select(cut => (double?)cut), null];
        var isWhole = cuts.All(double.IsInteger) && numbers.All(one => double.IsInteger(one.Number));
        return [.. Enumerable.Range(0, bounds.Length - 1).Select(i => new NumericBand(bounds[i], bounds[i + 1], isWhole))];
    }

    /// <summary>Rounds to about two digits of the spread, which is how people speak of ranges.</summary>
    private static double Round(double number, double spread)
    {
        if (spread <= 0)
            return number;
        var step = Math.Pow(10, Math.Floor(Math.Log10(spread)) - (RoundDigits - 1));
        return Math.Round(number / step) * step;
    }
}
