namespace AgentRec.Negotiation.Search;

/// <summary>
/// A slate under all hard rules that grows place by place: candidates that are fixed stay, the others are what completes
/// them. A candidate can be brought in when it is among these already or can take the place of one of them.
/// </summary>
internal sealed class Completion
{
    private readonly SearchProblem _problem;
    private readonly SlateState _state;
    private readonly bool[] _fixed;
    private readonly List<int> _open;

    /// <param name="problem">The problem; its values say whom to give up first.</param>
    /// <param name="feasible">A slate that keeps all hard rules.</param>
    public Completion(SearchProblem problem, int[] feasible)
    {
        _problem = problem;
        _state = new SlateState(problem.Columns);
        _fixed = new bool[problem.Count];
        _open = [.. feasible.OrderByDescending(candidate => problem.Values[candidate])];
        foreach (var candidate in feasible)
            _state.Add(candidate);
    }

    public bool IsFixed(int candidate) => _fixed[candidate];

    /// <summary>True when the slate can be completed with the candidate.</summary>
    public bool Allows(int candidate) => Leaving(candidate) is not null;

    /// <summary>Fixes a candidate that is allowed.</summary>
    public void Fix(int candidate)
    {
        var leaving = Leaving(candidate) ?? throw new InvalidOperationException($"Candidate {candidate} cannot be brought in: ask before fixing it.");
        if (leaving != candidate)
        {
            _state.Remove(leaving);
            _state.Add(candidate);
        }
        _open.Remove(leaving);
        _fixed[candidate] = true;
    }

    /// <summary>Who makes room: the candidate itself when it is in already, else the least valuable whose place it can take.</summary>
    private int? Leaving(int candidate)
    {
        if (_open.Contains(candidate))
            return candidate;
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            _state.Remove(_open[i]);
            var fits = true;
            for (var c = 0; c < _problem.Columns.Length && fits; c++)
                fits = !_problem.Columns[c].IsHard || _state.ExcessWith(c, candidate) == 0;
            _state.Add(_open[i]);
            if (fits)
                return _open[i];
        }
        return null;
    }
}
