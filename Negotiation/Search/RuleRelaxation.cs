using System.Globalization;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Search;

/// <summary>The columns in force, with what had to be relaxed.</summary>
/// <param name="Columns">All columns, relaxed bounds in place.</param>
/// <param name="Relaxed">The rules that were relaxed, those kept longest first.</param>
/// <param name="Feasible">A slate that keeps all columns in force.</param>
/// <param name="Nodes">Nodes looked at.</param>
/// <param name="IsProven">False when a search gave up at its limit.</param>
internal sealed record Relaxing(RuleColumn[] Columns, RelaxedRule[] Relaxed, int[] Feasible, long Nodes, bool IsProven);

/// <summary>
/// What to do when no slate satisfies all hard rules: from the highest priority number down, equal ones in the file's order,
/// each rule that is feasible together with those kept is kept; every other is set to its nearest attainable bound, the
/// ones of higher priority first.
/// </summary>
internal sealed class RuleRelaxation
{
    /// <summary>Nodes that all searches of a relaxation may look at together; with the last ones bounds stay where they are known to be attained.</summary>
    public const long GreatestNodes = 100_000;

    private readonly double[] _values;
    private readonly int _length;
    private readonly CancellationToken _cancellationToken;
    private long _nodes;
    private bool _proven = true;

    private RuleRelaxation(double[] values, int length, CancellationToken cancellationToken)
    {
        _values = values;
        _length = length;
        _cancellationToken = cancellationToken;
    }

    public static Relaxing Relax(RuleColumn[] columns, double[] values, int length, CancellationToken cancellationToken = default) =>
        new RuleRelaxation(values, length, cancellationToken).Relax(columns);

    private Relaxing Relax(RuleColumn[] columns)
    {
        if (Find(columns) is { } slate)
            return new Relaxing(columns, [], slate, _nodes, _proven);
        // A slate that keeps all rules kept so far goes with them, so that there always is one.
        int[] witness = [.. Enumerable.Range(0, _length)];
        var kept = new List<RuleColumn>();
        var missed = new List<RuleColumn>();
        foreach (var column in columns.Where(column => column.IsHard).OrderByDescending(column => column.Rule.Priority))
        {
            var found = Distance(column, witness) == 0 ? witness : Find([.. kept, column]);
            (found is null ? missed : kept).Add(column);
            witness = found ?? witness;
        }
        var relaxed = new List<RelaxedRule>();
        foreach (var column in missed)
        {
            var nearest = Nearest(kept, column, ref witness);
            kept.Add(nearest);
            if (!ReferenceEquals(nearest, column))
                relaxed.Add(Describe(column, nearest));
        }
        var inForce = kept.ToDictionary(column => column.Rule.Id, StringComparer.Ordinal);
        RuleColumn[] result = [.. columns.Select(column => inForce.GetValueOrDefault(column.Rule.Id, column))];
        return new Relaxing(result, [.. relaxed], witness, _nodes, _proven);
    }

    /// <summary>The column with its bounds moved as little as makes it attainable; the witness moves with it.</summary>
    private RuleColumn Nearest(List<RuleColumn> kept, RuleColumn column, ref int[] witness)
    {
        var step = column.Step;
        var far = Distance(column, witness);
        var near = 0L;
        while (near + step < far)
        {
            var middle = near + ((far - near) / step / 2 * step);
            if (Attained(kept, column, middle) is { } attained)
            {
                witness = attained;
                far = Distance(column, attained);
            }
            else
            {
                near = middle;
            }
        }
        return far == 0 ? column : Value(column, witness) < column.Bounds.Low ? Lowered(column, far) : Raised(column, far);
    }

    private int[]? Attained(List<RuleColumn> kept, RuleColumn column, long distance) =>
        (column.Bounds.HasLow ? Find([.. kept, Lowered(column, distance)]) : null)
        ?? (column.Bounds.HasHigh ? Find([.. kept, Raised(column, distance)]) : null);

    private static RuleColumn Lowered(RuleColumn column, long distance) => column.WithBounds(column.Bounds with { Low = column.Bounds.Low - distance });

    private static RuleColumn Raised(RuleColumn column, long distance) => column.WithBounds(column.Bounds with { High = column.Bounds.High + distance });

    private static long Distance(RuleColumn column, int[] slate) => column.Bounds.Distance(Value(column, slate));

    /// <summary>The rule's value for a slate, in millionths.</summary>
    private static long Value(RuleColumn column, int[] slate)
    {
        if (column.IsPositional)
            return column.InMillionths(column.ValueInOrder(slate));
        var state = new SlateState([column]);
        foreach (var candidate in slate)
            state.Add(candidate);
        return column.InMillionths(state.Value(0));
    }

    private int[]? Find(RuleColumn[] columns)
    {
        var answer = FeasibleSlate.Find(_values, _length, columns, Math.Clamp(GreatestNodes - _nodes, 1, FeasibleSlate.UsualNodes), _cancellationToken);
        _nodes += answer.Nodes;
        _proven &= answer.IsProven;
        return answer.Slate;
    }

    private RelaxedRule Describe(RuleColumn column, RuleColumn nearest)
    {
        var below = nearest.Bounds.Low != column.Bounds.Low;
        var bound = Millionths.ToDecimal(below ? nearest.Bounds.Low : nearest.Bounds.High);
        var wanted = Millionths.ToDecimal(below ? column.Bounds.Low : column.Bounds.High);
        return new RelaxedRule(
            column.Rule.Id,
            below ? bound : column.Rule.AtLeast,
            below ? column.Rule.AtMost : bound,
            string.Create(CultureInfo.InvariantCulture, $"No slate of {_length} out of {_values.Length} candidates has {(below ? "at least" : "at most")} {wanted} together with the rules that are kept longer; the nearest is {bound}."));
    }
}
