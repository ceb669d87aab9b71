using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Search;

/// <summary>
/// Find the slate of a length that maximises sum of d(p) value(S_p), less the penalties of soft columns, under all hard
/// columns. Candidates are numbered by their place in the window.
/// </summary>
internal sealed class SearchProblem
{
    private readonly double _softness;

    /// <param name="values">The value of every candidate.</param>
    /// <param name="length">The length of the slate, at most the number of candidates.</param>
    /// <param name="columns">The rules.</param>
    /// <param name="softness">By what the weights of soft rules are multiplied; 0: only hard columns count.</param>
    public SearchProblem(double[] values, int length, RuleColumn[] columns, double softness)
    {
        Values = values;
        Length = length;
        Columns = [.. columns.Where(column => CanBind(column, length) && (column.IsHard || (softness > 0 && column.Rule.Weight > 0)))];
        _softness = softness;
        Order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(Order, Compare);
    }

    public double[] Values { get; }

    public int Length { get; }

    public int Count => Values.Length;

    public RuleColumn[] Columns { get; }

    /// <summary>Candidates by falling value, equal ones by their place in the window.</summary>
    public int[] Order { get; }

    /// <summary>What a distance of one unit from a soft column's bound costs, until the violation is whole.</summary>
    public double PenaltyPerUnit(RuleColumn column, bool below) =>
        _softness * (double)column.Rule.Weight * column.Unit / RuleBodies.Of(column.Rule).Room(column.Rule, below, Length);

    /// <summary>The penalties of a complete slate.</summary>
    public double PenaltyOf(SlateState state)
    {
        var sum = 0.0;
        for (var c = 0; c < Columns.Length; c++)
        {
            if (!Columns[c].IsHard)
                sum += _softness * (double)Columns[c].Rule.Weight * RuleBodies.Of(Columns[c].Rule).Violation(Columns[c].Rule, state.Value(c) * Columns[c].Unit, Length);
        }
        return sum;
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

    /// <summary>Sorts a set of candidates into slate order: by falling value, equal ones by their place in the window.</summary>
    public int[] Sorted(ReadOnlySpan<int> candidates)
    {
        int[] sorted = [.. candidates];
        Array.Sort(sorted, Compare);
        return sorted;
    }

    /// <summary>False for bounds that every slate of the length keeps.</summary>
    public static bool CanBind(RuleColumn column, int length) =>
        column.Kind == ColumnKind.EachAtMost ? column.AtMost < length
        : column.Kind == ColumnKind.EachAtLeast ? column.AtLeast > 1
        : column.AtLeast > -RuleColumn.Unbounded || column.AtMost < RuleColumn.Unbounded;

    private int Compare(int x, int y) => Values[x] != Values[y] ? Values[y].CompareTo(Values[x]) : x.CompareTo(y);
}
