using System.Numerics;
using AgentRec.Negotiation.Protocol;

namespace AgentRec.Negotiation.Search;

/// <summary>
/// An upper bound on what a slate can be worth that looks at all rules at once. Every bound of a rule gets a price
/// (a Lagrange multiplier); with the prices taken off the candidates' values what remains is to choose length candidates
/// along an order, which a table over (place in the order, place in the slate) solves exactly. Any prices give a valid bound;
/// a few subgradient steps make it tight. The table bounds every branch of the search by one addition, and tells which
/// candidates can be in no slate that is better than the best one known: they leave the order.
/// (Held and Karp 1971; Fisher 1981 on Lagrangian relaxation.)
/// </summary>
internal sealed class LagrangianBound
{
    /// <summary>Steps between two attempts to shorten the order.</summary>
    private const int ShorteningInterval = 4;

    private readonly SearchProblem _problem;
    private readonly PricedRows _rows;
    private readonly double[] _greatest;
    private readonly double[] _prices;
    private readonly double[] _costs;
    private readonly double[] _table;
    private readonly double[] _discounts;
    private readonly int _stride;
    private readonly int[] _relaxedSlate;

    /// <param name="problem">The problem.</param>
    /// <param name="order">The order along which slates are built.</param>
    /// <param name="rows">The rows of the problem's rules.</param>
    /// <param name="prices">Prices to begin with; they are improved in place.</param>
    public LagrangianBound(SearchProblem problem, int[] order, PricedRows rows, double[] prices)
    {
        _problem = problem;
        _rows = rows;
        _prices = prices;
        Order = order;
        _greatest = rows.GreatestPrices(problem);
        _rows.Cap(_prices, _greatest);
        _stride = problem.Length + 1;
        _table = new double[(order.Length + 1) * _stride];
        _costs = new double[problem.Count];
        _relaxedSlate = new int[problem.Length];
        _discounts = new double[problem.Length];
        for (var p = 0; p < _discounts.Length; p++)
            _discounts[p] = Utility.Discount(p + 1);
    }

    /// <summary>The candidates that are left, in the order given.</summary>
    public int[] Order { get; private set; }

    /// <summary>The bound at the root.</summary>
    public double Root { get; private set; }

    /// <summary>What prices add to every slate's worth, so that a branch's bound is placed worth + <see cref="Rest"/> + this.</summary>
    public double Constant { get; private set; }

    /// <summary>The solution of the last table, in the order's order; it may break rules.</summary>
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
        var bestPrices = (double[])_prices.Clone();
        var slack = new double[_prices.Length];
        Root = double.PositiveInfinity;
        var best = double.NegativeInfinity;
        var patience = 0;
        var scale = 1.0;
        for (var step = 0; step < steps; step++)
        {
            var bound = Evaluate();
            patience = bound < Root - 1e-5 ? 0 : patience + 1;
            if (bound < Root)
            {
                Root = bound;
                _prices.CopyTo(bestPrices, 0);
            }
            if (patience >= 4)
            {
                scale /= 2;
                patience = 0;
            }
            if (double.IsNegativeInfinity(bound))
                break;
            best = onSlate();
            if (_prices.Length == 0 || Root < enough || Root <= best + BranchAndBound.Tolerance || scale < 0.02)
                break;
            if (step % ShorteningInterval == ShorteningInterval - 1 && !Shorten(Math.Max(best, enough)))
                break;
            if (!Step(slack, scale, bound, best))
                break;
        }
        bestPrices.CopyTo(_prices, 0);
        if (Root <= Math.Max(best, enough) + BranchAndBound.Tolerance)
            return;
        Root = Evaluate();
        if (Shorten(Math.Max(best, enough)))
            Fill();
    }

    /// <summary>One step along the subgradient; false where it is 0, so that no step improves the bound.</summary>
    private bool Step(double[] slack, double scale, double bound, double best)
    {
        _rows.Slack(_relaxedSlate, _prices, _greatest, slack);
        var norm = 0.0;
        for (var r = 0; r < slack.Length; r++)
        {
            // A price at its end cannot move further: leaving it out lengthens the step of the others.
            if ((slack[r] > 0 && _prices[r] <= 0) || (slack[r] < 0 && _prices[r] >= _greatest[r]))
                slack[r] = 0;
            norm += slack[r] * slack[r];
        }
        if (norm == 0)
            return false;
        // Without a slate to compare with, the step aims a little below the bound.
        var target = double.IsNegativeInfinity(best) ? bound - Math.Max(0.05, Math.Abs(bound) * 0.05) : best;
        var size = scale * Math.Max(bound - target, 1e-6) / norm;
        for (var r = 0; r < slack.Length; r++)
            _prices[r] -= size * slack[r];
        _rows.Cap(_prices, _greatest);
        return true;
    }

    private double Evaluate()
    {
        foreach (var candidate in Order)
        {
            var cost = 0.0;
            foreach (var (row, amount) in _rows.Terms(candidate))
                cost += _prices[row] * amount;
            _costs[candidate] = cost;
        }
        Constant = _rows.Constant(_prices, _greatest);
        Fill();
        Trace();
        return _table[0] + Constant;
    }

    private void Fill()
    {
        var length = _problem.Length;
        var last = _table.AsSpan(Order.Length * _stride, _stride);
        last.Fill(double.NegativeInfinity);
        last[length] = 0;
        for (var i = Order.Length - 1; i >= 0; i--)
        {
            var value = _problem.Values[Order[i]];
            var cost = _costs[Order[i]];
            var row = _table.AsSpan(i * _stride, _stride);
            var next = _table.AsSpan((i + 1) * _stride, _stride);
            var p = 0;
            for (; p + Vector<double>.Count <= length; p += Vector<double>.Count)
            {
                var taken = (new Vector<double>(_discounts.AsSpan(p)) * value) - new Vector<double>(cost) + new Vector<double>(next[(p + 1)..]);
                Vector.Max(taken, new Vector<double>(next[p..])).CopyTo(row[p..]);
            }
            for (; p < length; p++)
                row[p] = Math.Max((_discounts[p] * value) - cost + next[p + 1], next[p]);
            row[length] = 0;
        }
    }

    private void Trace()
    {
        if (double.IsNegativeInfinity(_table[0]))
            return;
        var placed = 0;
        for (var i = 0; placed < _problem.Length; i++)
        {
            if (_table[(i * _stride) + placed] > _table[((i + 1) * _stride) + placed] || Order.Length - i == _problem.Length - placed)
                _relaxedSlate[placed++] = Order[i];
        }
    }

    /// <summary>
    /// Leaves out every candidate with which no slate is worth more than so much: the best way up to it, the candidate
    /// itself, and the best way on. The table is stale afterwards. False when no slate is left.
    /// </summary>
    private bool Shorten(double worth)
    {
        if (double.IsNegativeInfinity(worth))
            return true;
        Span<double> before = stackalloc double[_stride];
        before.Fill(double.NegativeInfinity);
        before[0] = 0;
        var left = new List<int>(Order.Length);
        for (var i = 0; i < Order.Length; i++)
        {
            var value = _problem.Values[Order[i]];
            var cost = _costs[Order[i]];
            var next = _table.AsSpan((i + 1) * _stride, _stride);
            var most = double.NegativeInfinity;
            for (var p = _problem.Length - 1; p >= 0; p--)
            {
                var taken = before[p] + (_discounts[p] * value) - cost;
                most = Math.Max(most, taken + next[p + 1]);
                before[p + 1] = Math.Max(before[p + 1], taken);
            }
            if (most + Constant > worth + BranchAndBound.Tolerance)
                left.Add(Order[i]);
        }
        if (left.Count < _problem.Length)
        {
            Root = Math.Min(Root, worth);
            return false;
        }
        if (left.Count < Order.Length)
            Order = [.. left];
        return true;
    }
}
