using AgentRec.Negotiation.Protocol;

namespace AgentRec.Negotiation.Search;

/// <summary>What a search found.</summary>
/// <param name="Slate">The best slate found, in slate order; null: none.</param>
/// <param name="Worth">Its worth, penalties taken off.</param>
/// <param name="Bound">No slate is worth more.</param>
/// <param name="IsProven">True when the answer is the best there is, or when it is certain that there is none.</param>
/// <param name="Nodes">Nodes looked at.</param>
internal sealed record SearchAnswer(int[]? Slate, double Worth, double Bound, bool IsProven, long Nodes);

/// <summary>
/// Deterministic branch and bound over slates: candidates are taken along the falling order of value, branches are cut by
/// the <see cref="LagrangianBound"/>, by <see cref="Lookahead"/> and by <see cref="Dominance"/>. The limit counts nodes, so
/// that the same problem has the same answer on every machine.
/// </summary>
internal sealed class SlateSearch
{
    /// <summary>Differences of worth below this do not count.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>Nodes after which a search for the best slate answers with the best one found.</summary>
    public const long BestNodes = 20_000;

    /// <summary>Nodes after which a search for any slate gives up.</summary>
    public const long AnyNodes = 200_000;

    private const int TighteningSteps = 60;

    private readonly SearchProblem _problem;
    private readonly int[] _order;
    private readonly LagrangianBound _bound;
    private readonly Lookahead _lookahead;
    private readonly Dominance _dominance;
    private readonly SlateState _state;
    private readonly int[] _chosen;
    private readonly ulong[] _banned;
    private readonly long _limit;
    private readonly bool _stopAtFirst;
    private int[]? _best;
    private double _bestWorth;
    private long _nodes;

    private SlateSearch(SearchProblem problem, int[] order, LagrangianBound bound, long limit, double worth, bool stopAtFirst)
    {
        _problem = problem;
        _order = order;
        _bound = bound;
        _limit = limit;
        _bestWorth = worth;
        _stopAtFirst = stopAtFirst;
        _lookahead = new Lookahead(problem, order);
        _dominance = new Dominance(problem, order);
        _state = new SlateState(problem.Columns);
        _chosen = new int[problem.Length];
        _banned = new ulong[(problem.Length + 1) * _dominance.Words];
    }

    /// <summary>The slate of greatest worth.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="start">A slate to beat, where one is known.</param>
    /// <param name="limit">The node limit.</param>
    public static SearchAnswer Best(SearchProblem problem, int[]? start = null, long limit = BestNodes)
    {
        var incumbent = new Incumbent(problem);
        if (start is not null)
            incumbent.Offer(start);
        var bound = new LagrangianBound(problem, problem.Order);
        bound.Tighten(TighteningSteps, double.NegativeInfinity, () => incumbent.Offer(bound.RelaxedSlate));
        if (bound.Root <= incumbent.Worth + Tolerance)
            return new SearchAnswer(incumbent.Slate, incumbent.Worth, incumbent.Worth, IsProven: true, 1);
        var search = new SlateSearch(problem, problem.Order, bound, limit, incumbent.Worth, stopAtFirst: false) { _best = incumbent.Slate };
        search.Branch(0, 0, 0, 0);
        var proven = search._nodes < limit;
        return new SearchAnswer(search._best, search._bestWorth, proven ? search._bestWorth : bound.Root, proven, search._nodes);
    }

    /// <summary>Any slate that keeps all hard bounds; values only say where to look first.</summary>
    /// <param name="values">The value of every candidate.</param>
    /// <param name="length">The length of the slate.</param>
    /// <param name="columns">The rules; soft ones are passed over.</param>
    /// <param name="limit">The node limit.</param>
    public static SearchAnswer Any(double[] values, int length, Rules.RuleColumn[] columns, long limit = AnyNodes)
    {
        var guided = new SearchProblem(values, length, columns, softness: 0);
        if (guided.Columns.Length == 0)
            return new SearchAnswer(guided.Order[..length], 0, 0, IsProven: true, 1);
        if (SlateRepair.Repair(guided) is { } repaired)
            return new SearchAnswer(repaired, 0, 0, IsProven: true, 1);
        var problem = new SearchProblem(new double[values.Length], length, columns, softness: 0);
        var incumbent = new Incumbent(problem);
        var bound = new LagrangianBound(problem, guided.Order);
        // Every slate is worth 0 here, so prices that bound it below 0 prove that there is none.
        bound.Tighten(2 * TighteningSteps, -1e-6, () => incumbent.Offer(bound.RelaxedSlate));
        if (incumbent.Slate is not null)
            return new SearchAnswer(guided.Sorted(incumbent.Slate), 0, 0, IsProven: true, 1);
        if (bound.Root < -1e-6)
            return new SearchAnswer(null, double.NegativeInfinity, bound.Root, IsProven: true, 1);
        var order = Scarcity.Order(problem, guided.Order);
        var ordered = new LagrangianBound(problem, order);
        ordered.Tighten(TighteningSteps, -1e-6, () => incumbent.Offer(ordered.RelaxedSlate));
        var search = new SlateSearch(problem, order, ordered, limit, -1e-6, stopAtFirst: true);
        if (incumbent.Slate is null)
            search.Branch(0, 0, 0, 0);
        var found = incumbent.Slate ?? search._best;
        return new SearchAnswer(found is null ? null : guided.Sorted(found), 0, 0, found is not null || search._nodes < limit, search._nodes);
    }

    /// <summary>Tries every candidate from a place of the order on as the next one.</summary>
    private void Branch(int from, int placed, double priced, double worth)
    {
        if (placed == _problem.Length)
        {
            Finish(worth);
            return;
        }
        var words = _dominance.Words;
        var banned = _banned.AsSpan(placed * words, words);
        var remaining = _problem.Length - placed - 1;
        for (var place = from; place < _order.Length - remaining; place++)
        {
            if (_nodes >= _limit || priced + _bound.Rest(place, placed) + _bound.Constant <= _bestWorth + Tolerance)
                return;
            var candidate = _order[place];
            var value = Utility.Discount(placed + 1) * _problem.Values[candidate];
            var pricedWith = priced + value - _bound.Cost(candidate);
            if (!IsBanned(banned, place)
                && pricedWith + _bound.Rest(place + 1, placed + 1) + _bound.Constant > _bestWorth + Tolerance)
            {
                _nodes++;
                if (_lookahead.Allows(_state, candidate, place + 1, remaining))
                {
                    _state.Add(candidate);
                    _chosen[placed] = candidate;
                    banned.CopyTo(_banned.AsSpan((placed + 1) * words, words));
                    Branch(place + 1, placed + 1, pricedWith, worth + value);
                    _state.Remove(candidate);
                    if (_stopAtFirst && _best is not null)
                        return;
                }
            }
            Ban(banned, _dominance.Of(place));
        }
    }

    private static bool IsBanned(ReadOnlySpan<ulong> banned, int place) =>
        (banned[place >> 6] & (1UL << (place & 63))) != 0;

    private static void Ban(Span<ulong> banned, ReadOnlySpan<ulong> more)
    {
        for (var w = 0; w < banned.Length; w++)
            banned[w] |= more[w];
    }

    private void Finish(double worth)
    {
        if (_problem.HardExcess(_state) > 0)
            return;
        worth -= _problem.PenaltyOf(_state);
        if (worth > _bestWorth + Tolerance)
        {
            _bestWorth = worth;
            _best = [.. _chosen];
        }
    }

    /// <summary>The best slate known before branching begins.</summary>
    private sealed class Incumbent(SearchProblem problem)
    {
        public int[]? Slate { get; private set; }

        public double Worth { get; private set; } = double.NegativeInfinity;

        public double Offer(ReadOnlySpan<int> slate)
        {
            var state = new SlateState(problem.Columns);
            foreach (var candidate in slate)
                state.Add(candidate);
            if (problem.HardExcess(state) == 0)
            {
                int[] sorted = problem.Sorted(slate.ToArray());
                var worth = problem.ValueOf(sorted) - problem.PenaltyOf(state);
                if (worth > Worth + Tolerance)
                    (Slate, Worth) = (sorted, worth);
            }
            return Worth;
        }
    }
}
