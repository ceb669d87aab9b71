using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Search;

/// <summary>
/// One candidate dominates a later one of the order when it could replace it in any slate: it is worth no less and serves
/// every rule no worse. Some best slate then holds no candidate without all its dominators, so that leaving a candidate out
/// rules out everything that it dominates.
/// </summary>
internal sealed class Dominance(SearchProblem problem, int[] order)
{
    // A candidate takes the very place of the one it replaces, so that of rules about order the set form tells enough.
    private readonly RuleColumn[] _columns = [.. problem.Columns, .. problem.Positions.Where(column => !column.IsHard).Select(column => column.Shadow)];
    private readonly ulong[]?[] _byPlace = new ulong[order.Length][];

    /// <summary>Words of a bit set over places in the order.</summary>
    public int Words { get; } = (order.Length + 63) / 64;

    /// <summary>The later places of the order that the candidate at a place dominates.</summary>
    public ReadOnlySpan<ulong> Of(int place) => _byPlace[place] ??= Find(place);

    private ulong[] Find(int place)
    {
        var set = new ulong[Words];
        var candidate = order[place];
        for (var later = place + 1; later < order.Length; later++)
        {
            if (Serves(candidate, order[later]))
                set[later >> 6] |= 1UL << (later & 63);
        }
        return set;
    }

    private bool Serves(int candidate, int other)
    {
        foreach (var column in _columns)
        {
            var low = column.AtLeast > -RuleColumn.Unbounded;
            var high = column.AtMost < RuleColumn.Unbounded;
            if (column.Kind == ColumnKind.Average && column.HasAmount[candidate] != column.HasAmount[other])
                return false;
            if (column.Kind is ColumnKind.Sum or ColumnKind.Average)
            {
                var difference = column.Amounts[candidate] - column.Amounts[other];
                if ((low && difference < 0) || (high && difference > 0))
                    return false;
                continue;
            }
            var needsAll = column.Kind is ColumnKind.EachAtLeast or ColumnKind.Shares || (column.Kind == ColumnKind.Distinct && low);
            var needsNoMore = column.Kind is ColumnKind.EachAtLeast or ColumnKind.EachAtMost || high;
            var own = column.Mask(candidate);
            var others = column.Mask(other);
            for (var w = 0; w < own.Length; w++)
            {
                if ((needsAll && (others[w] & ~own[w]) != 0) || (needsNoMore && (own[w] & ~others[w]) != 0))
                    return false;
            }
        }
        return true;
    }
}
