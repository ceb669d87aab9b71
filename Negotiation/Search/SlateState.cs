using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Search;

/// <summary>
/// A set of candidates with every column's running sums, so that adding, removing and asking about one candidate costs a few
/// steps a column. The excess of a column is how far the set is from its bounds, in the column's unit.
/// </summary>
internal sealed class SlateState
{
    private readonly RuleColumn[] _columns;
    private readonly long[] _sums;
    private readonly int[][] _counts;
    private readonly int[] _distinct;
    private readonly long[] _excess;
    private int[]? _changes;

    public SlateState(RuleColumn[] columns)
    {
        _columns = columns;
        _sums = new long[columns.Length];
        _distinct = new int[columns.Length];
        _excess = new long[columns.Length];
        _counts = [.. columns.Select(column => column.Kind == ColumnKind.Sum ? [] : new int[column.ValueCount])];
    }

    public void Add(int candidate)
    {
        for (var c = 0; c < _columns.Length; c++)
        {
            var column = _columns[c];
            if (column.Kind == ColumnKind.Sum)
            {
                _sums[c] += column.Amounts[candidate];
                continue;
            }
            _excess[c] += EachChange(column, _counts[c], candidate);
            foreach (var value in column.Values[candidate])
                _distinct[c] += _counts[c][value]++ == 0 ? 1 : 0;
        }
    }

    public void Remove(int candidate)
    {
        for (var c = 0; c < _columns.Length; c++)
        {
            var column = _columns[c];
            if (column.Kind == ColumnKind.Sum)
            {
                _sums[c] -= column.Amounts[candidate];
                continue;
            }
            foreach (var value in column.Values[candidate])
                _distinct[c] -= --_counts[c][value] == 0 ? 1 : 0;
            _excess[c] -= EachChange(column, _counts[c], candidate);
        }
    }

    /// <summary>The sum, or the number of values, that a column would have with one candidate more.</summary>
    public long SumWith(int c, int candidate)
    {
        var column = _columns[c];
        if (column.Kind == ColumnKind.Sum)
            return _sums[c] + column.Amounts[candidate];
        var distinct = _distinct[c];
        foreach (var value in column.Values[candidate])
            distinct += _counts[c][value] == 0 ? 1 : 0;
        return distinct;
    }

    /// <summary>True when the set carries a value of a column.</summary>
    public bool Carries(int c, int value) => _counts[c][value] > 0;

    /// <summary>The excess of a column now.</summary>
    public long Excess(int c) => _columns[c].Kind switch
    {
        ColumnKind.Sum => Outside(_columns[c], _sums[c]),
        ColumnKind.Distinct => Outside(_columns[c], _distinct[c]),
        _ => _excess[c],
    };

    /// <summary>The excess that a column would have with one candidate more.</summary>
    public long ExcessWith(int c, int candidate)
    {
        var column = _columns[c];
        return column.Kind is ColumnKind.Sum or ColumnKind.Distinct
            ? Outside(column, SumWith(c, candidate))
            : _excess[c] + EachChange(column, _counts[c], candidate);
    }

    /// <summary>Adds to every candidate's entry the excess that a column would have with it.</summary>
    public void AddExcessWith(int c, long[] totals)
    {
        var column = _columns[c];
        if (column.Kind == ColumnKind.Sum)
        {
            var (sum, amounts, least, most) = (_sums[c], column.Amounts, column.AtLeast, column.AtMost);
            for (var i = 0; i < totals.Length; i++)
                totals[i] += Math.Max(0, Math.Max(least - sum - amounts[i], sum + amounts[i] - most));
            return;
        }
        var isDistinct = column.Kind == ColumnKind.Distinct;
        _changes ??= new int[_columns.Max(each => each.ValueCount)];
        for (var value = 0; value < column.ValueCount; value++)
            _changes[value] = isDistinct ? (_counts[c][value] == 0 ? 1 : 0) : EachChange(column, _counts[c][value]);
        for (var i = 0; i < totals.Length; i++)
        {
            var change = 0;
            foreach (var value in column.Values[i])
                change += _changes[value];
            totals[i] += isDistinct ? Outside(column, _distinct[c] + change) : _excess[c] + change;
        }
    }

    /// <summary>The value of a column now, in its unit: the sum, the number of values, or the most extreme count.</summary>
    public long Value(int c) => _columns[c].Kind switch
    {
        ColumnKind.Sum => _sums[c],
        ColumnKind.Distinct => _distinct[c],
        ColumnKind.EachAtMost => _counts[c].Length == 0 ? 0 : _counts[c].Max(),
        _ => LeastCount(c),
    };

    private static long Outside(RuleColumn column, long value) => Math.Max(0, Math.Max(column.AtLeast - value, value - column.AtMost));

    private static long EachChange(RuleColumn column, int[] counts, int candidate)
    {
        var change = 0;
        if (column.Kind != ColumnKind.Distinct)
        {
            foreach (var value in column.Values[candidate])
                change += EachChange(column, counts[value]);
        }
        return change;
    }

    /// <summary>What one item more of a value that so many items carry does to the excess.</summary>
    private static int EachChange(RuleColumn column, int count)
    {
        if (column.Kind == ColumnKind.EachAtMost)
            return count >= column.AtMost ? 1 : 0;
        if (count > 0)
            return count < column.AtLeast ? -1 : 0;
        return (int)Math.Max(0, column.AtLeast - 1);
    }

    private long LeastCount(int c)
    {
        var least = long.MaxValue;
        foreach (var count in _counts[c])
        {
            if (count > 0)
                least = Math.Min(least, count);
        }
        return least == long.MaxValue ? _columns[c].AtLeast : least;
    }
}
