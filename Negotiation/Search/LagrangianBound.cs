using AgentRec.Negotiation.Protocol;

namespace AgentRec.Negotiation.Search;

/// <summary>
/// An upper bound on what a slate can be worth that looks at all rules at once. Every bound of a rule gets a price
/// (a Lagrange multiplier); with the prices taken off the candidates' values what remains is to choose length candidates
/// along the falling order, which a table over (candidate, place) solves exactly. Any prices give a valid bound; a few
/// subgradient steps make it tight. The table bounds every branch of the search by one addition.
/// (Held and Karp 1971; Fisher 1981 on Lagrangian relaxation.)
/// </summary>
internal sealed class LagrangianBound
{
    private readonly SearchProblem _problem;
    private readonly int[] _order;
    private readonly PricedRow[] _rows;
    private readonly Cover[] _covers;
    private readonly (int Row, double Amount)[][] _terms;
    private readonly double[] _costs;
    private readonly double[] _table;
    private readonly int _stride;
    private readonly int[] _relaxedSlate;

    public LagrangianBound(SearchProblem problem, int[] order)
    {
        _problem = problem;
        _order = order;
        _stride = problem.Length + 1;
        _table = new double[(problem.Count + 1) * _stride];
        _costs = new double[problem.Count];
        _relaxedSlate = new int[problem.Length];
        (_rows, _covers, _terms) = RowBuilder.Build(problem);
    }

    /// <summary>The bound at the root.</summary>
    public double Root { get; private set; }

    /// <summary>What prices add to every slate's worth, so that a branch's bound is placed worth + <see cref="Rest"/> + this.</summary>
    public double Constant { get; private set; }

    /// <summary>True when there is nothing to price: the first table is the final one.</summary>
    public bool IsUnpriced => _rows.Length == 0;

    /// <summary>The solution of the last table, in slate order; it may break rules.</summary>
    public ReadOnlySpan<int> RelaxedSlate => _relaxedSlate;

    /// <summary>What the prices take off a candidate's worth.</summary>
    public double Cost(int candidate) => _costs[candidate];

    /// <summary>The most that the candidates from a place in the order on can add when a number of them is placed already.</summary>
    public double Rest(int from, int placed) => _table[(from * _stride) + placed];

    /// <summary>
    /// Improves the prices until the bound meets the best worth known or falls below <paramref name="enough"/>;
    /// <paramref name="onSlate"/> sees every relaxed slate and returns the best worth known.
    /// </summary>
    public void Tighten(int steps, double enough, Func<double> onSlate)
    {
        var bestPrices = new double[_rows.Length];
        var gradient = new double[_rows.Length];
        Root = double.PositiveInfinity;
        var patience = 0;
        var scale = 1.0;
        for (var step = 0; step < steps; step++)
        {
            var bound = Evaluate();
            if (bound < Root - 1e-12)
            {
                if (bound > Root - 1e-5)
                    patience++;
                else
                    patience = 0;
                Root = bound;
                for (var r = 0; r < _rows.Length; r++)
                    bestPrices[r] = _rows[r].Price;
            }
            else if (++patience >= 4)
            {
                scale /= 2;
                patience = 0;
            }
            if (double.IsNegativeInfinity(bound))
                break;
            var best = onSlate();
            if (IsUnpriced || Root < enough || Root <= best + SlateSearch.Tolerance || scale < 0.02)
                break;
            var norm = Gradient(gradient);
            if (norm == 0)
                break;
            // Without a slate to compare with, the step aims a little below the bound.
            var target = double.IsNegativeInfinity(best) ? bound - Math.Max(0.05, Math.Abs(bound) * 0.05) : best;
            var size = scale * Math.Max(bound - target, 1e-6) / norm;
            for (var r = 0; r < _rows.Length; r++)
                _rows[r].Price = Math.Clamp(_rows[r].Price - (size * gradient[r]), 0, _rows[r].GreatestPrice);
            CapGroups();
        }
        for (var r = 0; r < _rows.Length; r++)
            _rows[r].Price = bestPrices[r];
        if (!double.IsPositiveInfinity(Root))
            Root = Evaluate();
    }

    private double Evaluate()
    {
        for (var i = 0; i < _costs.Length; i++)
        {
            var cost = 0.0;
            foreach (var (row, amount) in _terms[i])
                cost += _rows[row].Price * amount;
            _costs[i] = cost;
        }
        Constant = 0;
        foreach (var row in _rows)
            Constant += row.Price * row.Bound;
        foreach (var cover in _covers)
            Constant -= cover.CheapestChoice(_rows);
        Fill();
        return _table[0] + Constant;
    }

    private void Fill()
    {
        var length = _problem.Length;
        var count = _problem.Count;
        var last = count * _stride;
        for (var p = 0; p < length; p++)
            _table[last + p] = double.NegativeInfinity;
        _table[last + length] = 0;
        for (var i = count - 1; i >= 0; i--)
        {
            var candidate = _order[i];
            var value = _problem.Values[candidate];
            var cost = _costs[candidate];
            var row = _table.AsSpan(i * _stride, _stride);
            var next = _table.AsSpan((i + 1) * _stride, _stride);
            row[length] = 0;
            for (var p = 0; p < length; p++)
            {
                var taken = (Utility.Discount(p + 1) * value) - cost + next[p + 1];
                row[p] = taken >= next[p] ? taken : next[p];
            }
        }
        Trace();
    }

    private void Trace()
    {
        if (double.IsNegativeInfinity(_table[0]))
            return;
        var placed = 0;
        for (var i = 0; placed < _problem.Length; i++)
        {
            if (_table[(i * _stride) + placed] > _table[((i + 1) * _stride) + placed] || _problem.Count - i == _problem.Length - placed)
                _relaxedSlate[placed++] = _order[i];
        }
    }

    private double Gradient(double[] gradient)
    {
        for (var r = 0; r < _rows.Length; r++)
            gradient[r] = _rows[r].Bound;
        foreach (var cover in _covers)
            cover.AddChoice(_rows, gradient);
        foreach (var candidate in _relaxedSlate)
        {
            foreach (var (row, amount) in _terms[candidate])
                gradient[row] -= amount;
        }
        var norm = 0.0;
        for (var r = 0; r < gradient.Length; r++)
        {
            // A price at its end cannot move further: leaving it out lengthens the step of the others.
            if ((gradient[r] > 0 && _rows[r].Price <= 0) || (gradient[r] < 0 && _rows[r].Price >= _rows[r].GreatestPrice))
                gradient[r] = 0;
            norm += gradient[r] * gradient[r];
        }
        return norm;
    }

    /// <summary>The rows of one soft rule share its penalty: together they may not cost more than it.</summary>
    private void CapGroups()
    {
        for (var first = 0; first < _rows.Length;)
        {
            var end = first + 1;
            var sum = _rows[first].Price;
            while (end < _rows.Length && _rows[end].Group == _rows[first].Group && _rows[first].Group >= 0)
                sum += _rows[end++].Price;
            if (_rows[first].Group >= 0 && sum > _rows[first].GreatestPrice)
            {
                for (var r = first; r < end; r++)
                    _rows[r].Price *= _rows[first].GreatestPrice / sum;
            }
            first = end;
        }
    }
}
