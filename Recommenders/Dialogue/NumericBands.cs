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

/// <summary>Cuts the numbers of a facet into the ranges that tell most, at round numbers.</summary>
internal static class NumericBands
{
    private const int RoundDigits = 2;

    /// <summary>Finer parts than this share of the weight are not told apart when cuts are sought.</summary>
    private const double Finest = 0.01;

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
                .Select(i => (Number: FacetColumn.Number(column.Values[i][0])!.Value, window[i].Weight))
                .GroupBy(one => one.Number)
                .Select(same => (Number: same.Key, Weight: same.Sum(one => one.Weight)))
                .OrderBy(one => one.Number),
        ];
        if (numbers.Length == 0)
            return [];
        var (least, greatest) = (numbers[0].Number, numbers[^1].Number);
        var isWhole = Array.TrueForAll(numbers, one => double.IsInteger(one.Number));
        numbers = Coarse(numbers);
        var cuts = new SortedSet<double>();
        foreach (var place in Cuts([.. numbers.Select(one => one.Weight)], options))
        {
            // Years are spoken of as they are.
            var cut = string.Equals(column.Facet, FacetNames.Year, StringComparison.Ordinal) ? numbers[place].Number : Round(numbers[place].Number, greatest - least);
            if (cut > least && cut <= greatest)
                cuts.Add(cut);
        }
        double?[] bounds = [null, .. cuts.Select(cut => (double?)cut), null];
        isWhole &= cuts.All(double.IsInteger);
        return [.. Enumerable.Range(0, bounds.Length - 1).Select(i => new NumericBand(bounds[i], bounds[i + 1], isWhole))];
    }

    /// <summary>Takes neighbours that weigh little together, under the least number of them.</summary>
    private static (double Number, double Weight)[] Coarse((double Number, double Weight)[] numbers)
    {
        var fine = numbers.Sum(one => one.Weight) * Finest;
        var coarse = new List<(double Number, double Weight)>();
        foreach (var one in numbers)
        {
            if (coarse is [.., var last] && last.Weight + one.Weight < fine)
                coarse[^1] = last with { Weight = last.Weight + one.Weight };
            else
                coarse.Add(one);
        }
        return [.. coarse];
    }

    /// <summary>
    /// The places at which parts begin that are of the greatest entropy, the first part left out: parts of the same weight, as far as the
    /// numbers allow. By dynamic programming over the ends of parts.
    /// </summary>
    private static IEnumerable<int> Cuts(double[] weights, int options)
    {
        var (count, parts) = (weights.Length, Math.Min(options, weights.Length));
        var until = new double[count + 1];
        for (var i = 0; i < count; i++)
            until[i + 1] = until[i] + weights[i];
        var (best, begin) = (new double[parts + 1, count + 1], new int[parts + 1, count + 1]);
        for (var part = 1; part <= parts; part++)
        {
            for (var end = part; end <= count; end++)
            {
                best[part, end] = double.NegativeInfinity;
                for (var start = part - 1; start < end; start++)
                {
                    if ((part == 1) != (start == 0))
                        continue;
                    var share = (until[end] - until[start]) / until[count];
                    if (best[part - 1, start] - (share * Math.Log2(share)) is var entropy && entropy > best[part, end])
                        (best[part, end], begin[part, end]) = (entropy, start);
                }
            }
        }
        for (var (part, end) = (parts, count); part > 1; part--)
            yield return end = begin[part, end];
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
