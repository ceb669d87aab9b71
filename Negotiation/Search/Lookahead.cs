using System.Numerics;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Search;

/// <summary>Says whether a partial slate can still meet every hard bound with what is left of the order.</summary>
internal sealed class Lookahead
{
    private readonly SearchProblem _problem;
    private readonly int _stride;
    private readonly long[]?[] _most;
    private readonly long[]?[] _least;
    private readonly ulong[]?[] _masks;

    public Lookahead(SearchProblem problem, int[] order)
    {
        _problem = problem;
        _stride = problem.Length + 1;
        _most = new long[problem.Columns.Length][];
        _least = new long[problem.Columns.Length][];
        _masks = new ulong[problem.Columns.Length][];
        for (var c = 0; c < problem.Columns.Length; c++)
        {
            var column = problem.Columns[c];
            if (column.IsHard && column.Kind == ColumnKind.Sum)
            {
                _most[c] = Extremes(order, column.Amounts, sign: 1);
                _least[c] = Extremes(order, column.Amounts, sign: -1);
            }
            else if (column.IsHard && column.Kind == ColumnKind.Distinct && column.AtLeast > 0)
            {
                _masks[c] = Suffixes(order, column);
            }
        }
    }

    /// <summary>True when the set may take a candidate, with so many more to come from a place in the order on.</summary>
    public bool Allows(SlateState state, int candidate, int from, int remaining)
    {
        for (var c = 0; c < _problem.Columns.Length; c++)
        {
            var column = _problem.Columns[c];
            if (!column.IsHard)
                continue;
            var fits = column.Kind switch
            {
                ColumnKind.Sum => AllowsSum(c, column, state.SumWith(c, candidate), from, remaining),
                ColumnKind.Distinct => AllowsDistinct(c, column, state, candidate, from, remaining),
                ColumnKind.EachAtMost => state.ExcessWith(c, candidate) == 0,
                _ => state.ExcessWith(c, candidate) <= (long)remaining * column.MostValues,
            };
            if (!fits)
                return false;
        }
        return true;
    }

    private bool AllowsSum(int c, RuleColumn column, long sum, int from, int remaining)
    {
        var at = (from * _stride) + remaining;
        return sum + _most[c]![at] >= column.AtLeast && sum + _least[c]![at] <= column.AtMost;
    }

    private bool AllowsDistinct(int c, RuleColumn column, SlateState state, int candidate, int from, int remaining)
    {
        var distinct = state.SumWith(c, candidate);
        if (distinct > column.AtMost)
            return false;
        var missing = column.AtLeast - distinct;
        if (missing <= 0)
            return true;
        if (missing > (long)remaining * column.MostValues)
            return false;
        var masks = _masks[c]!;
        var own = column.Mask(candidate);
        var open = 0;
        for (var w = 0; w < column.Words; w++)
        {
            var word = masks[(from * column.Words) + w] & ~own[w];
            for (; word != 0; word &= word - 1)
                open += state.Carries(c, (w << 6) + BitOperations.TrailingZeroCount(word)) ? 0 : 1;
        }
        return open >= missing;
    }

    /// <summary>By place and number: the greatest (or, with the sign turned, least) sum of so many amounts from the place on.</summary>
    private long[] Extremes(int[] order, long[] amounts, int sign)
    {
        var table = new long[(order.Length + 1) * _stride];
        var best = new List<long>(_problem.Length + 1);
        for (var i = order.Length; i >= 0; i--)
        {
            if (i < order.Length)
            {
                var amount = sign * amounts[order[i]];
                var at = best.Count;
                while (at > 0 && best[at - 1] < amount)
                    at--;
                best.Insert(at, amount);
                if (best.Count > _problem.Length)
                    best.RemoveAt(best.Count - 1);
            }
            var sum = 0L;
            for (var r = 1; r <= best.Count; r++)
                table[(i * _stride) + r] = sign * (sum += best[r - 1]);
            // Fewer are left than are wanted: what the table says does not matter, the count forbids it.
            for (var r = best.Count + 1; r < _stride; r++)
                table[(i * _stride) + r] = sign * sum;
        }
        return table;
    }

    private static ulong[] Suffixes(int[] order, RuleColumn column)
    {
        var masks = new ulong[(order.Length + 1) * column.Words];
        for (var i = order.Length - 1; i >= 0; i--)
        {
            var own = column.Mask(order[i]);
            for (var w = 0; w < column.Words; w++)
                masks[(i * column.Words) + w] = masks[((i + 1) * column.Words) + w] | own[w];
        }
        return masks;
    }
}
