using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Search;

/// <summary>
/// Rules as linear rows, sum of amounts at most a bound, one or more for each column. They depend on the candidates and the
/// rules alone, so that every search of a negotiation prices the same rows.
/// </summary>
internal sealed class PricedRows
{
    private readonly List<Row> _rows = [];
    private readonly List<Cover> _covers = [];
    private readonly List<(int Row, int Length)> _shares = [];
    private readonly List<(int Row, double Amount)>[] _terms;

    /// <param name="columns">The rules; those that cannot bind are left out by the caller.</param>
    /// <param name="count">The number of candidates.</param>
    public PricedRows(RuleColumn[] columns, int count)
    {
        _terms = new List<(int, double)>[count];
        for (var i = 0; i < count; i++)
            _terms[i] = new List<(int, double)>(2 * columns.Length);
        foreach (var column in columns)
        {
            if (column.Kind == ColumnKind.Sum)
                AddSum(column);
            else if (column.Kind == ColumnKind.EachAtMost)
                AddEach(column);
            else if (column.Kind == ColumnKind.Distinct && column.AtLeast > 0)
                AddCover(column);
            else if (column.Kind == ColumnKind.Shares)
                AddShares(column);
            // Soft averages have no linear form. A least count of every value that occurs has no linear form: the search prunes by it instead.
        }
    }

    public int Count => _rows.Count;

    /// <summary>The rows that a candidate enters, with its amount in each.</summary>
    public ReadOnlySpan<(int Row, double Amount)> Terms(int candidate) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_terms[candidate]);

    public double Bound(int row) => _rows[row].Bound;

    /// <summary>What the prices add to every slate's worth.</summary>
    public double Constant(double[] prices, double[] greatest)
    {
        var sum = 0.0;
        for (var r = 0; r < prices.Length; r++)
            sum += prices[r] * _rows[r].Bound;
        foreach (var cover in _covers)
            sum -= cover.CheapestChoice(prices, greatest);
        // A distance of shares is rounded to millionths: half a one may be forgiven.
        foreach (var (row, length) in _shares)
            sum += greatest[row] * 2 * length / Millionths.One;
        return sum;
    }

    /// <summary>How much of every row is left when a slate and the cheapest choice of the covers use it.</summary>
    public void Slack(ReadOnlySpan<int> slate, double[] prices, double[] greatest, double[] slack)
    {
        for (var r = 0; r < slack.Length; r++)
            slack[r] = _rows[r].Bound;
        foreach (var cover in _covers)
            cover.TakeChoice(prices, greatest, slack);
        foreach (var candidate in slate)
        {
            foreach (var (row, amount) in Terms(candidate))
                slack[row] -= amount;
        }
    }

    /// <summary>The greatest price of every row: infinite for hard bounds; for wishes what breaking them by one costs.</summary>
    public double[] GreatestPrices(SearchProblem problem)
    {
        var greatest = new double[_rows.Count];
        for (var r = 0; r < greatest.Length; r++)
        {
            var row = _rows[r];
            greatest[r] = row.Column.IsHard ? double.PositiveInfinity : problem.PenaltyPerUnit(row.Column, row.Below) * row.Scale;
        }
        return greatest;
    }

    /// <summary>Takes prices into their range. The rows of one wish share its penalty: together they may not cost more than it.</summary>
    public void Cap(double[] prices, double[] greatest)
    {
        for (var first = 0; first < prices.Length;)
        {
            var end = first;
            var sum = 0.0;
            for (; end < prices.Length && ReferenceEquals(_rows[end].Column, _rows[first].Column) && _rows[end].Below == _rows[first].Below; end++)
                sum += prices[end] = Math.Clamp(prices[end], 0, greatest[end]);
            if (_rows[first].IsShared && sum > greatest[first])
            {
                for (var r = first; r < end; r++)
                    prices[r] *= greatest[first] / sum;
            }
            first = end;
        }
    }

    private void AddSum(RuleColumn column)
    {
        // A total's penalty ends once its violation is whole, which no price can say: such wishes stay unpriced.
        if (!column.IsHard && column.Unit == ColumnUnit.Millionths)
            return;
        var scale = 0L;
        foreach (var amount in column.Amounts)
            scale = Math.Max(scale, Math.Abs(amount));
        if (scale == 0)
            return;
        if (column.AtMost < RuleColumn.Unbounded)
            AddSide(sign: 1, MostOf(column));
        if (column.AtLeast > -RuleColumn.Unbounded)
            AddSide(sign: -1, -LeastOf(column));

        void AddSide(int sign, double bound)
        {
            for (var i = 0; i < _terms.Length; i++)
            {
                if (column.Amounts[i] != 0)
                    _terms[i].Add((_rows.Count, (double)(sign * column.Amounts[i]) / scale));
            }
            _rows.Add(new Row(column, bound / scale, scale, Below: sign < 0, IsShared: false));
        }
    }

    private void AddEach(RuleColumn column)
    {
        var carriers = new int[column.ValueCount];
        foreach (var own in column.Values)
        {
            foreach (var value in own)
                carriers[value]++;
        }
        var rows = new int[carriers.Length];
        for (var value = 0; value < carriers.Length; value++)
        {
            rows[value] = carriers[value] > column.AtMost ? _rows.Count : -1;
            if (rows[value] >= 0)
                _rows.Add(new Row(column, MostOf(column), Scale: 1, Below: false, IsShared: !column.IsHard));
        }
        AddValues(column, rows, amount: 1);
    }

    /// <summary>
    /// Half the L1 distance is the greatest that prices between minus and plus one half can make of the differences: every
    /// value has a row for too many votes and one for too few.
    /// </summary>
    private void AddShares(RuleColumn column)
    {
        _shares.Add((_rows.Count, column.Length));
        foreach (var sign in (ReadOnlySpan<int>)[1, -1])
        {
            var first = _rows.Count;
            foreach (var target in column.Targets)
                _rows.Add(new Row(column, sign * (double)target * column.Length / Millionths.One, Scale: 1, Below: sign < 0, IsShared: false));
            for (var i = 0; i < _terms.Length; i++)
            {
                foreach (var value in column.Values[i])
                    _terms[i].Add((first + value, sign * (double)column.Votes[i] / FacetVotes.Whole));
            }
        }
    }

    /// <summary>
    /// The bound of a row. A wish about parts of the slate costs by the distance from its bound, which lies between two counts
    /// and is rounded to millionths.
    /// </summary>
    private static double MostOf(RuleColumn column) =>
        column.IsHard || column.Unit != ColumnUnit.Part ? column.AtMost : (double)(column.Bounds.High + 1) * column.Length / Millionths.One;

    private static double LeastOf(RuleColumn column) =>
        column.IsHard || column.Unit != ColumnUnit.Part ? column.AtLeast : (double)(column.Bounds.Low - 1) * column.Length / Millionths.One;

    private void AddCover(RuleColumn column)
    {
        // Where nobody carries a value there is still one row, so that what is missing has a price.
        var rows = new int[Math.Max(1, column.ValueCount)];
        for (var value = 0; value < rows.Length; value++)
        {
            rows[value] = _rows.Count;
            _rows.Add(new Row(column, Bound: 0, Scale: 1, Below: true, IsShared: false));
        }
        AddValues(column, rows, amount: -1);
        _covers.Add(new Cover(rows, (int)column.AtLeast));
    }

    private void AddValues(RuleColumn column, int[] rows, double amount)
    {
        for (var i = 0; i < _terms.Length; i++)
        {
            foreach (var value in column.Values[i])
            {
                if (rows[value] >= 0)
                    _terms[i].Add((rows[value], amount));
            }
        }
    }

    private readonly record struct Row(RuleColumn Column, double Bound, double Scale, bool Below, bool IsShared);

    /// <summary>
    /// At least so many different values: each value needs an item that carries it. Its rows hold one value each, and the
    /// cheapest choice of values is what the rule costs at least; a wish may leave one open at its penalty instead.
    /// </summary>
    private sealed class Cover(int[] rows, int needed)
    {
        /// <summary>By price; kept from one step to the next, between which the order hardly changes.</summary>
        private readonly int[] _byPrice = [.. rows];

        public double CheapestChoice(double[] prices, double[] greatest)
        {
            Sort(prices);
            var sum = 0.0;
            for (var i = 0; i < needed; i++)
                sum += i < _byPrice.Length ? Math.Min(prices[_byPrice[i]], greatest[_byPrice[i]]) : greatest[rows[0]];
            return sum;
        }

        public void TakeChoice(double[] prices, double[] greatest, double[] slack)
        {
            Sort(prices);
            for (var i = 0; i < needed && i < _byPrice.Length && prices[_byPrice[i]] <= greatest[_byPrice[i]]; i++)
                slack[_byPrice[i]] -= 1;
        }

        private void Sort(double[] prices)
        {
            for (var i = 1; i < _byPrice.Length; i++)
            {
                var row = _byPrice[i];
                var at = i;
                for (; at > 0 && (prices[_byPrice[at - 1]] > prices[row] || (prices[_byPrice[at - 1]] == prices[row] && _byPrice[at - 1] > row)); at--)
                    _byPrice[at] = _byPrice[at - 1];
                _byPrice[at] = row;
            }
        }
    }
}
