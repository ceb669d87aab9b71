using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Search;

/// <summary>
/// Find the slate of a length that maximises sum of d(p) value(S_p), less the penalties of soft columns, under all hard
/// columns. Candidates are numbered by their place in the window. Searches look for a set; what makes a slate of it is
/// <see cref="Arrange"/>.
/// </summary>
internal sealed class SearchProblem
{
    private readonly double _softness;
    private readonly SlateArrangement? _arrangement;

    /// <param name="values">The value of every candidate.</param>
    /// <param name="length">The length of the slate, at most the number of candidates.</param>
    /// <param name="columns">The rules.</param>
    /// <param name="softness">By what the weights of soft rules are multiplied; 0: only hard columns count.</param>
    public SearchProblem(double[] values, int length, RuleColumn[] columns, double softness)
    {
        Values = values;
        Length = length;
        _softness = softness;
        RuleColumn[] counting = [.. columns.Where(column => column.IsHard || (softness > 0 && column.Rule.Weight > 0))];
        Columns = SetColumns(counting, length);
        Positions = [.. counting.Where(column => column.IsPositional && column.AtLeast > (column.Kind == ColumnKind.Gap ? 1 : 0))];
        Order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(Order, Compare);
        _arrangement = Positions.Length == 0 ? null : new SlateArrangement(this);
    }

    public double[] Values { get; }

    public int Length { get; }

    public int Count => Values.Length;

    /// <summary>The rules about sets.</summary>
    public RuleColumn[] Columns { get; }

    /// <summary>The rules about order.</summary>
    public RuleColumn[] Positions { get; }

    /// <summary>False once <see cref="Arrange"/> has given up on a set at its limit.</summary>
    public bool IsArrangedExactly => _arrangement?.IsExact ?? true;

    /// <summary>Candidates placed by <see cref="Arrange"/> so far.</summary>
    public long Placings => _arrangement?.Placings ?? 0;

    /// <summary>Candidates by falling value, equal ones by their place in the window.</summary>
    public int[] Order { get; }

    /// <summary>What a distance of one unit from a soft column's bound costs, until the violation is whole.</summary>
    public double PenaltyPerUnit(RuleColumn column, bool below) =>
        _softness * (double)column.Rule.Weight * column.MillionthsPerUnit / RuleBodies.Of(column.Rule).Room(column.Rule, below, Length);

    /// <summary>What a value of a soft column, in its unit, costs.</summary>
    public double Penalty(RuleColumn column, long value) =>
        _softness * (double)column.Rule.Weight * RuleBodies.Of(column.Rule).Violation(column.Rule, column.InMillionths(value), Length);

    /// <summary>The penalties of a complete set; what its order costs comes on top.</summary>
    public double PenaltyOf(SlateState state)
    {
        var sum = 0.0;
        for (var c = 0; c < Columns.Length; c++)
        {
            if (!Columns[c].IsHard)
                sum += Penalty(Columns[c], state.Value(c));
        }
        return sum;
    }

    /// <summary>What the order of a slate costs.</summary>
    public double OrderPenaltyOf(ReadOnlySpan<int> slate)
    {
        var sum = 0.0;
        foreach (var column in Positions)
            sum += column.IsHard ? 0 : Penalty(column, column.ValueInOrder(slate));
        return sum;
    }

    /// <summary>The worth of a slate, all penalties taken off.</summary>
    public double WorthOf(ReadOnlySpan<int> slate)
    {
        var state = new SlateState(Columns);
        foreach (var candidate in slate)
            state.Add(candidate);
        return ValueOf(slate) - PenaltyOf(state) - OrderPenaltyOf(slate);
    }

    /// <summary>The distance of a set from all hard bounds.</summary>
    public long HardExcess(SlateState state)
    {
        var sum = 0L;
        for (var c = 0; c < Columns.Length; c++)
            sum += Columns[c].IsHard ? state.Excess(c) : 0;
        return sum;
    }

    /// <summary>Sum of d(p) value over candidates in slate order.</summary>
    public double ValueOf(ReadOnlySpan<int> slate)
    {
        var sum = 0.0;
        for (var i = 0; i < slate.Length; i++)
            sum += Utility.Discount(i + 1) * Values[slate[i]];
        return sum;
    }

    /// <summary>Makes a slate of a set: by falling value, unless rules about order ask for another one.</summary>
    /// <param name="candidates">The set.</param>
    /// <param name="above">Orders whose value, their penalties taken off, is no more than this are of no interest.</param>
    /// <returns>The best order; null when none keeps the hard rules about order, or none is worth more.</returns>
    public int[]? Arrange(ReadOnlySpan<int> candidates, double above = double.NegativeInfinity) =>
        _arrangement is null ? Sorted(candidates) : _arrangement.Best(Sorted(candidates), above);

    /// <summary>Sorts candidates by falling value, equal ones by their place in the window.</summary>
    private int[] Sorted(ReadOnlySpan<int> candidates)
    {
        int[] sorted = [.. candidates];
        Array.Sort(sorted, Compare);
        return sorted;
    }

    /// <summary>The set form of rules, without those that every slate of the length keeps.</summary>
    public static RuleColumn[] SetColumns(RuleColumn[] columns, int length) =>
        [.. columns.SelectMany(column => column.SetForm).Where(column => CanBind(column, length)), .. PinnedTogether.Columns(columns)];

    private static bool CanBind(RuleColumn column, int length) =>
        column.Kind == ColumnKind.EachAtMost ? column.AtMost < length
        : column.Kind == ColumnKind.EachAtLeast ? column.AtLeast > 1
        : column.AtLeast > -RuleColumn.Unbounded || column.AtMost < RuleColumn.Unbounded;

    private int Compare(int x, int y) => Values[x] != Values[y] ? Values[y].CompareTo(Values[x]) : x.CompareTo(y);
}
