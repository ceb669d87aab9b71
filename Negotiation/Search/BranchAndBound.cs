using AgentRec.Negotiation.Protocol;

namespace AgentRec.Negotiation.Search;

/// <summary>
/// Deterministic branch and bound over slates: candidates are taken along an order, branches are cut by the
/// <see cref="LagrangianBound"/>, by <see cref="Lookahead"/> and by <see cref="Dominance"/>. The limit counts nodes, so that
/// the same problem has the same answer on every machine.
/// </summary>
internal sealed class BranchAndBound
{
    /// <summary>Differences of worth below this do not count.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>Nodes between two looks at the cancellation token; a power of 2.</summary>
    private const int CancellationInterval = 256;

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
    private readonly long _placingsBefore;
    private readonly CancellationToken _cancellationToken;

    /// <param name="problem">The problem.</param>
    /// <param name="bound">A bound, tightened, over the candidates that are left.</param>
    /// <param name="limit">The greatest number of nodes.</param>
    /// <param name="worth">Slates that are worth no more than this are of no interest.</param>
    /// <param name="stopAtFirst">True when any slate will do.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public BranchAndBound(SearchProblem problem, LagrangianBound bound, long limit, double worth, bool stopAtFirst, CancellationToken cancellationToken = default)
    {
        _problem = problem;
        _order = bound.Order;
        _bound = bound;
        _limit = limit;
        Worth = worth;
        _stopAtFirst = stopAtFirst;
        _placingsBefore = problem.Placings;
        _cancellationToken = cancellationToken;
        _lookahead = new Lookahead(problem, _order);
        _dominance = new Dominance(problem, _order);
        _state = new SlateState(problem.Columns);
        _chosen = new int[problem.Length];
        _banned = new ulong[(problem.Length + 1) * _dominance.Words];
    }

    /// <summary>The best slate found; null: none is worth more than was asked for.</summary>
    public int[]? Slate { get; private set; }

    /// <summary>Its worth, penalties taken off.</summary>
    public double Worth { get; private set; }

    /// <summary>Nodes looked at.</summary>
    public long Nodes { get; private set; }

    /// <summary>The work done: nodes, and what putting sets in order took.</summary>
    private long Spent => Nodes + _problem.Placings - _placingsBefore;

    /// <summary>True when the search came to its end.</summary>
    public bool IsComplete => Spent < _limit && _problem.IsArrangedExactly;

    /// <summary>Searches.</summary>
    public void Run() => Branch(0, 0, 0, 0);

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
            if (Spent >= _limit || priced + _bound.Rest(place, placed) + _bound.Constant <= Worth + Tolerance)
                return;
            var candidate = _order[place];
            var value = Utility.Discount(placed + 1) * _problem.Values[candidate];
            var pricedWith = priced + value - _bound.Cost(candidate);
            if (!IsBanned(banned, place)
                && pricedWith + _bound.Rest(place + 1, placed + 1) + _bound.Constant > Worth + Tolerance)
            {
                if ((++Nodes & (CancellationInterval - 1)) == 0)
                    _cancellationToken.ThrowIfCancellationRequested();
                if (_lookahead.Allows(_state, candidate, place + 1, remaining))
                {
                    _state.Add(candidate);
                    _chosen[placed] = candidate;
                    banned.CopyTo(_banned.AsSpan((placed + 1) * words, words));
                    Branch(place + 1, placed + 1, pricedWith, worth + value);
                    _state.Remove(candidate);
                    if (_stopAtFirst && Slate is not null)
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
        var penalty = _problem.PenaltyOf(_state);
        if (worth - penalty <= Worth + Tolerance)
            return;
        if (_problem.Positions.Length == 0)
        {
            Worth = worth - penalty;
            Slate = [.. _chosen];
        }
        else if (_problem.Arrange(_chosen, Worth + penalty) is { } arranged)
        {
            Worth = _problem.ValueOf(arranged) - penalty - _problem.OrderPenaltyOf(arranged);
            Slate = arranged;
        }
    }
}
