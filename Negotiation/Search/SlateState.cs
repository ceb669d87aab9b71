using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Search;

/// <summary>
/// A set of candidates with every column's running sums, so that adding, removing and asking about one candidate costs a few
/// steps a column. The excess of a column is how far the set is from its bounds, in the column's unit. Rules about order are
/// not for sets: of those, a state takes the <see cref="RuleColumn.SetForm"/>.
/// </summary>
internal sealed class SlateState
{
    private readonly RuleColumn[] _columns;
    private readonly long[] _sums;
    private readonly int[][] _counts;
    /// <summary>The number of different values; for averages, of candidates that have an amount.</summary>
    private readonly int[] _distinct;

    private readonly long[] _excess;
    private int[]? _changes;

    public SlateState(RuleColumn[] columns)
    {
        _columns = columns;
        _sums = new long[columns.Length];
        _distinct = new int[columns.Length];
        _excess = new long[columns.Length];
        _counts = [.. columns.Select(column => new int[column.ValueCount])];
    }

    public void Add(int candidate)
    {
        for (var c = 0; c < _columns.Length; c++)
        {
            var column = _columns[c];
            if (column.Kind is ColumnKind.Sum or ColumnKind.Average)
            {
                _sums[c] += column.Amounts[candidate];
                _distinct[c] += column.Kind == ColumnKind.Average && column.HasAmount[candidate] ? 1 : 0;
                continue;
            }
            if (column.Kind == ColumnKind.Shares)
            {
                foreach (var value in column.Values[candidate])
                    _counts[c][value] += column.Votes[candidate];
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
            if (column.Kind is ColumnKind.Sum or ColumnKind.Average)
            {
                _sums[c] -= column.Amounts[candidate];
                _distinct[c] -= column.Kind == ColumnKind.Average && column.HasAmount[candidate] ? 1 : 0;
                continue;
            }
            if (column.Kind == ColumnKind.Shares)
            {
                foreach (var value in column.Values[candidate])
                    _counts[c][value] -= column.Votes[candidate];
                continue;
            }
            foreach (var value in column.Values[candidate])
                _distinct[c] -= --_counts[c][value] == 0 ? 1 : 0;
            _excess[c] -= EachChange(column, _counts[c], candidate);
        }
    }

    /// <summary>The sum, the mean, or the number of values, that a column would have with one candidate more.</summary>
    public long SumWith(int c, int candidate)
    {
        var column = _columns[c];
        if (column.Kind == ColumnKind.Sum)
            return _sums[c] + column.Amounts[candidate];
        if (column.Kind == ColumnKind.Average)
            return AverageRule.Mean(_sums[c] + column.Amounts[candidate], _distinct[c] + (column.HasAmount[candidate] ? 1 : 0), column.Bounds);
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
        ColumnKind.EachAtMost or ColumnKind.EachAtLeast => _excess[c],
        _ => Outside(_columns[c], Value(c)),
    };

    /// <summary>The excess that a column would have with one candidate more.</summary>
    public long ExcessWith(int c, int candidate)
    {
        var column = _columns[c];
        return column.Kind is ColumnKind.Sum or ColumnKind.Average or ColumnKind.Distinct
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

    /// <summary>
    /// The value of a column now, in its unit: the sum, the mean, the number of values, the most extreme count, or the distance
    /// of shares from their target.
    /// </summary>
    public long Value(int c) => _columns[c].Kind switch
    {
        ColumnKind.Sum => _sums[c],
        ColumnKind.Average => AverageRule.Mean(_sums[c], _distinct[c], _columns[c].Bounds),
        ColumnKind.Shares => FacetVotes.HalfDistance(_counts[c].Select((cast, value) => ((long)cast, _columns[c].Targets[value])), _columns[c].Length),
        ColumnKind.Distinct => _distinct[c],
        ColumnKind.EachAtMost => _counts[c].Length == 0 ? 0 : _counts[c].Max(),
        _ => LeastCount(c),
    };

    private static long Outside(RuleColumn column, long value) => Math.Max(0, Math.Max(column.AtLeast - value, value - column.AtMost));

    private static long EachChange(RuleColumn column, int[] counts, int candidate)
    {
        var change = 0;
        if (column.Kind is ColumnKind.EachAtMost or ColumnKind.EachAtLeast)
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
