using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;
using AgentRec.Negotiation.Search;

namespace AgentRec.Negotiation.Protocol;

/// <summary>The changes of a slate that bring a rule nearer to its bound and no hard rule further from its own.</summary>
internal sealed class AdmissibleChanges
{
    private readonly ImmutableArray<Candidate> _window;
    private readonly RuleColumn[] _sets;
    private readonly RuleColumn[] _orders;
    private readonly int[] _byUtility;

    /// <param name="window">The candidates in canonical order.</param>
    /// <param name="byUtility">Places in the window by falling utility.</param>
    /// <param name="columns">The rules over it, with the bounds in force.</param>
    public AdmissibleChanges(ImmutableArray<Candidate> window, int[] byUtility, RuleColumn[] columns)
    {
        _window = window;
        _sets = [.. columns.SelectMany(column => column.SetForm)];
        _orders = [.. columns.Where(column => column.IsPositional)];
        _byUtility = byUtility;
    }

    /// <summary>At most <see cref="Objection.GreatestChanges"/>, those that cost the user least first.</summary>
    /// <param name="rule">The rule that is not met.</param>
    /// <param name="slate">Places in the window, best first.</param>
    public ImmutableArray<Change> For(Rule rule, int[] slate)
    {
        bool IsOwn(RuleColumn column) => string.Equals(column.Rule.Id, rule.Id, StringComparison.Ordinal);
        var isAboutOrder = Array.Exists(_orders, IsOwn);
        int[] own = [.. Enumerable.Range(0, (isAboutOrder ? _orders : _sets).Length).Where(c => IsOwn((isAboutOrder ? _orders : _sets)[c]))];
        if (own.Length == 0)
            return [];
        var found = new List<(double Loss, int First, int Second, Change Change)>();
        AddReplacements(found, own, isAboutOrder, slate);
        if (isAboutOrder)
            AddMoves(found, own, slate);
        found.Sort((x, y) => (x.Loss, x.First, x.Second).CompareTo((y.Loss, y.First, y.Second)));
        return [.. found.Take(Objection.GreatestChanges).Select(change => change.Change)];
    }

    private void AddReplacements(List<(double Loss, int First, int Second, Change Change)> found, int[] own, bool isAboutOrder, int[] slate)
    {
        var state = new SlateState(_sets);
        foreach (var candidate in slate)
            state.Add(candidate);
        var before = new long[_sets.Length];
        for (var c = 0; c < before.Length; c++)
            before[c] = state.Excess(c);
        var wanted = 0L;
        foreach (var c in own)
            wanted += isAboutOrder ? 0 : before[c];
        var ordered = Excesses(slate);
        for (var place = 0; place < slate.Length; place++)
        {
            var leaving = slate[place];
            state.Remove(leaving);
            var cheapest = 0;
            foreach (var coming in _byUtility)
            {
                if (Array.IndexOf(slate, coming) >= 0
                    || !(isAboutOrder || ExcessWith(state, own, coming) < wanted)
                    || !HurtsNoSet(state, before, coming)
                    || (_orders.Length > 0 && !IsOrdered(Replaced(slate, place, coming), ordered, isAboutOrder ? own : [])))
                    continue;
                var loss = _window[leaving].Utility - _window[coming].Utility;
                found.Add((isAboutOrder ? Utility.Discount(place + 1) * loss : loss, leaving, coming, new Replace(_window[leaving].Handle, _window[coming].Handle)));
                if (++cheapest == Objection.GreatestChanges)
                    break;
            }
            state.Add(leaving);
        }
    }

    private void AddMoves(List<(double Loss, int First, int Second, Change Change)> found, int[] own, int[] slate)
    {
        var ordered = Excesses(slate);
        var utility = UtilityOf(slate);
        for (var from = 0; from < slate.Length; from++)
        {
            for (var to = 0; to < slate.Length; to++)
            {
                var moved = Moved(slate, from, to);
                if (from != to && IsOrdered(moved, ordered, own))
                    found.Add((utility - UtilityOf(moved), from, to, new Move(from + 1, to + 1)));
            }
        }
    }

    private static long ExcessWith(SlateState state, int[] own, int coming)
    {
        var sum = 0L;
        foreach (var c in own)
            sum += state.ExcessWith(c, coming);
        return sum;
    }

    private bool HurtsNoSet(SlateState state, long[] before, int coming)
    {
        for (var c = 0; c < _sets.Length; c++)
        {
            if (_sets[c].IsHard && state.ExcessWith(c, coming) > before[c])
                return false;
        }
        return true;
    }

    /// <summary>True when no hard rule about order is hurt, and those that are to come nearer do.</summary>
    private bool IsOrdered(int[] slate, long[] before, int[] nearer)
    {
        var after = Excesses(slate);
        for (var c = 0; c < _orders.Length; c++)
        {
            if (nearer.Contains(c) ? after[c] >= before[c] : _orders[c].IsHard && after[c] > before[c])
                return false;
        }
        return true;
    }

    private long[] Excesses(int[] slate) => Array.ConvertAll(_orders, order => Math.Max(0, order.AtLeast - order.ValueInOrder(slate)));

    private double UtilityOf(int[] slate)
    {
        var sum = 0.0;
        for (var place = 0; place < slate.Length; place++)
            sum += Utility.Discount(place + 1) * _window[slate[place]].Utility;
        return sum;
    }

    private static int[] Replaced(int[] slate, int place, int coming)
    {
        int[] replaced = [.. slate];
        replaced[place] = coming;
        return replaced;
    }

    private static int[] Moved(int[] slate, int from, int to)
    {
        var moved = slate.ToList();
        moved.RemoveAt(from);
        moved.Insert(to, slate[from]);
        return [.. moved];
    }
}
