using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Search;

/// <summary>A linear bound, sum of amounts at most <see cref="Bound"/>, with its price.</summary>
internal sealed class PricedRow
{
    public required double Bound { get; init; }

    /// <summary>Infinite for hard bounds; for wishes what breaking them by one costs.</summary>
    public required double GreatestPrice { get; init; }

    /// <summary>Rows that share one greatest price; -1: none.</summary>
    public int Group { get; init; } = -1;

    public double Price { get; set; }
}

/// <summary>
/// At least so many different values: each value needs an item that carries it. Its rows hold one value each, and the
/// cheapest choice of values is what the rule costs at least.
/// </summary>
internal sealed class Cover(int firstRow, int values, int needed, double missing)
{
    private readonly (double Price, int Row)[] _sorted = new (double, int)[values];

    /// <summary>The sum of the lowest prices of the needed number of values; a wish may be left open at its penalty instead.</summary>
    public double CheapestChoice(PricedRow[] rows)
    {
        Sort(rows);
        var sum = 0.0;
        for (var i = 0; i < needed; i++)
            sum += i < values ? Math.Min(_sorted[i].Price, missing) : missing;
        return sum;
    }

    public void AddChoice(PricedRow[] rows, double[] gradient)
    {
        Sort(rows);
        for (var i = 0; i < needed && i < values && _sorted[i].Price <= missing; i++)
            gradient[_sorted[i].Row] -= 1;
    }

    private void Sort(PricedRow[] rows)
    {
        for (var i = 0; i < values; i++)
            _sorted[i] = (rows[firstRow + i].Price, firstRow + i);
        Array.Sort(_sorted);
    }
}

/// <summary>Turns columns into linear rows.</summary>
internal static class RowBuilder
{
    public static (PricedRow[] Rows, Cover[] Covers, (int Row, double Amount)[][] Terms) Build(SearchProblem problem)
    {
        var rows = new List<PricedRow>();
        var covers = new List<Cover>();
        var terms = new List<(int, double)>[problem.Count];
        for (var i = 0; i < terms.Length; i++)
            terms[i] = [];
        for (var c = 0; c < problem.Columns.Length; c++)
        {
            var column = problem.Columns[c];
            switch (column.Kind)
            {
                case ColumnKind.Sum:
                    AddSum(problem, c, rows, terms);
                    break;
                case ColumnKind.EachAtMost:
                    AddEach(problem, c, rows, terms);
                    break;
                case ColumnKind.Distinct when column.AtLeast > 0:
                    covers.Add(AddCover(problem, c, rows, terms));
                    break;
                default:
                    // A least count of every value that occurs has no linear form: the search prunes by it instead.
                    break;
            }
        }
        return ([.. rows], [.. covers], [.. terms.Select(term => term.ToArray())]);
    }

    private static void AddSum(SearchProblem problem, int c, List<PricedRow> rows, List<(int, double)>[] terms)
    {
        var column = problem.Columns[c];
        // A total's penalty ends once its violation is whole, which no price can say: such wishes stay unpriced.
        if (!column.IsHard && column.Unit == 1)
            return;
        var scale = 0.0;
        foreach (var amount in column.Amounts)
            scale = Math.Max(scale, Math.Abs((double)amount));
        if (scale == 0)
            return;
        if (column.AtMost < RuleColumn.Unbounded)
            AddRow(sign: 1, column.AtMost);
        if (column.AtLeast > -RuleColumn.Unbounded)
            AddRow(sign: -1, -column.AtLeast);

        void AddRow(int sign, long bound)
        {
            for (var i = 0; i < terms.Length; i++)
            {
                if (column.Amounts[i] != 0)
                    terms[i].Add((rows.Count, sign * column.Amounts[i] / scale));
            }
            rows.Add(new PricedRow
            {
                Bound = bound / scale,
                GreatestPrice = column.IsHard ? double.PositiveInfinity : problem.PenaltyPerUnit(c, below: sign < 0) * scale,
            });
        }
    }

    private static void AddEach(SearchProblem problem, int c, List<PricedRow> rows, List<(int, double)>[] terms)
    {
        var column = problem.Columns[c];
        var carriers = new int[column.ValueCount];
        foreach (var own in column.Values)
        {
            foreach (var value in own)
                carriers[value]++;
        }
        for (var value = 0; value < carriers.Length; value++)
        {
            if (carriers[value] <= column.AtMost)
                continue;
            for (var i = 0; i < terms.Length; i++)
            {
                if (column.Values[i].AsSpan().Contains(value))
                    terms[i].Add((rows.Count, 1));
            }
            rows.Add(new PricedRow
            {
                Bound = column.AtMost,
                GreatestPrice = column.IsHard ? double.PositiveInfinity : problem.PenaltyPerUnit(c, below: false),
                Group = column.IsHard ? -1 : c,
            });
        }
    }

    private static Cover AddCover(SearchProblem problem, int c, List<PricedRow> rows, List<(int, double)>[] terms)
    {
        var column = problem.Columns[c];
        var first = rows.Count;
        var missing = column.IsHard ? double.PositiveInfinity : problem.PenaltyPerUnit(c, below: true);
        for (var value = 0; value < column.ValueCount; value++)
            rows.Add(new PricedRow { Bound = 0, GreatestPrice = missing });
        for (var i = 0; i < terms.Length; i++)
        {
            foreach (var value in column.Values[i])
                terms[i].Add((first + value, -1));
        }
        return new Cover(first, column.ValueCount, (int)column.AtLeast, missing);
    }
}
