using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Search;

/// <summary>
/// The best order of a set under the rules about order: place by place, the most valued candidate first, branches cut where
/// the rest sorted by value could not be worth more, where a pinned place would find nobody to hold it, or where a value
/// would not find room for its gaps. The limit counts placings.
/// </summary>
internal sealed class SlateArrangement
{
    private const int GreatestPlacings = 1_000;

    private readonly SearchProblem _problem;
    private readonly RuleColumn[] _gaps;
    private readonly RuleColumn[] _pins;
    private readonly int[] _least;
    private readonly int[][] _last;
    private readonly int[][] _open;
    private readonly bool[] _placed;
    private readonly int[] _slate;
    private int[] _set = [];
    private int[]? _best;
    private double _worth;
    private int _placings;

    public SlateArrangement(SearchProblem problem)
    {
        _problem = problem;
        _gaps = [.. problem.Positions.Where(column => column.Kind == ColumnKind.Gap)];
        _pins = [.. problem.Positions.Where(column => column.Kind == ColumnKind.Pin)];
        _least = new int[_gaps.Length];
        _last = [.. _gaps.Select(gap => new int[gap.ValueCount])];
        _open = [.. _gaps.Select(gap => new int[gap.ValueCount])];
        _placed = new bool[problem.Length];
        _slate = new int[problem.Length];
    }

    /// <summary>False once a set was given up at the limit.</summary>
    public bool IsExact { get; private set; } = true;

    /// <summary>Candidates placed for all sets together: work that the search which asks for orders is charged with.</summary>
    public long Placings { get; private set; }

    /// <summary>The best order of a set that is sorted by falling value, if any is worth more than so much.</summary>
    public int[]? Best(int[] sorted, double above)
    {
        (_set, _best, _worth, _placings) = (sorted, null, above, 0);
        Array.Fill(_least, int.MaxValue);
        for (var g = 0; g < _gaps.Length; g++)
        {
            Array.Fill(_last[g], -1);
            Array.Clear(_open[g]);
            foreach (var candidate in sorted)
            {
                foreach (var value in _gaps[g].Values[candidate])
                    _open[g][value]++;
            }
        }
        Place(0, 0);
        IsExact &= _placings < GreatestPlacings;
        Placings += _placings;
        return _best;
    }

    /// <summary>Tries every candidate at a place; <paramref name="value"/> is that of the places before.</summary>
    private void Place(int place, double value)
    {
        if (place == _set.Length)
        {
            (_worth, _best) = (value - OrderPenalty(place), [.. _slate]);
            return;
        }
        var most = value + Sorted(place);
        for (var i = 0; i < _set.Length; i++)
        {
            if (_placed[i] || !MayHold(_set[i], place))
                continue;
            if (most - OrderPenalty(place) <= _worth + BranchAndBound.Tolerance || ++_placings >= GreatestPlacings)
                return;
            PutAt(i, place, out var undo);
            var own = Utility.Discount(place + 1) * _problem.Values[_set[i]];
            if (value + own + Sorted(place + 1) - OrderPenalty(place + 1) > _worth + BranchAndBound.Tolerance && CanContinue(place + 1))
                Place(place + 1, value + own);
            TakeFrom(i, undo);
        }
    }

    /// <summary>The value of the candidates that are left when they take the places from one on as sorted.</summary>
    private double Sorted(int place)
    {
        var sum = 0.0;
        for (var i = 0; i < _set.Length; i++)
        {
            if (!_placed[i])
                sum += Utility.Discount(++place) * _problem.Values[_set[i]];
        }
        return sum;
    }

    private bool MayHold(int candidate, int place)
    {
        foreach (var pin in _pins)
        {
            if (pin.IsHard && pin.Rule.Place == place + 1 && pin.Amounts[candidate] == 0)
                return false;
        }
        for (var g = 0; g < _gaps.Length; g++)
        {
            if (_gaps[g].IsHard && Distance(g, candidate, place) < _gaps[g].AtLeast)
                return false;
        }
        return true;
    }

    /// <summary>How far a place is from the last one that carries one of the candidate's values.</summary>
    private int Distance(int g, int candidate, int place)
    {
        var distance = int.MaxValue;
        foreach (var value in _gaps[g].Values[candidate])
        {
            if (_last[g][value] >= 0)
                distance = Math.Min(distance, place - _last[g][value]);
        }
        return distance;
    }

    private void PutAt(int i, int place, out (int[] Least, int[][] Last) undo)
    {
        var candidate = _set[i];
        undo = ([.. _least], [.. _gaps.Select((gap, g) => Array.ConvertAll(gap.Values[candidate], value => _last[g][value]))]);
        for (var g = 0; g < _gaps.Length; g++)
        {
            _least[g] = Math.Min(_least[g], Distance(g, candidate, place));
            foreach (var value in _gaps[g].Values[candidate])
            {
                _last[g][value] = place;
                _open[g][value]--;
            }
        }
        _placed[i] = true;
        _slate[place] = candidate;
    }

    private void TakeFrom(int i, (int[] Least, int[][] Last) undo)
    {
        var candidate = _set[i];
        _placed[i] = false;
        undo.Least.CopyTo(_least, 0);
        for (var g = 0; g < _gaps.Length; g++)
        {
            var values = _gaps[g].Values[candidate];
            for (var v = 0; v < values.Length; v++)
            {
                _last[g][values[v]] = undo.Last[g][v];
                _open[g][values[v]]++;
            }
        }
    }

    /// <summary>False when the hard rules show already that no order of what is left will do.</summary>
    private bool CanContinue(int next)
    {
        foreach (var pin in _pins)
        {
            if (pin.IsHard && pin.Rule.Place > next && !HasHolder(pin))
                return false;
        }
        for (var g = 0; g < _gaps.Length; g++)
        {
            if (!_gaps[g].IsHard)
                continue;
            var gap = _gaps[g].AtLeast;
            for (var value = 0; value < _open[g].Length; value++)
            {
                var open = _open[g][value];
                if (open == 0)
                    continue;
                var first = _last[g][value] < 0 ? next : Math.Max(next, _last[g][value] + gap);
                if (first + ((open - 1) * gap) >= _set.Length)
                    return false;
            }
        }
        return true;
    }

    private bool HasHolder(RuleColumn pin)
    {
        for (var i = 0; i < _set.Length; i++)
        {
            if (!_placed[i] && pin.Amounts[_set[i]] > 0)
                return true;
        }
        return false;
    }

    /// <summary>What the order of the places up to one costs for certain.</summary>
    private double OrderPenalty(int places)
    {
        var sum = 0.0;
        for (var g = 0; g < _gaps.Length; g++)
        {
            if (!_gaps[g].IsHard && _least[g] < _gaps[g].AtLeast)
                sum += _problem.Penalty(_gaps[g], _least[g]);
        }
        foreach (var pin in _pins)
        {
            if (!pin.IsHard && (pin.Rule.Place <= places ? pin.Amounts[_slate[pin.Rule.Place!.Value - 1]] == 0 : pin.Rule.Place > _set.Length))
                sum += _problem.Penalty(pin, 0);
        }
        return sum;
    }
}
