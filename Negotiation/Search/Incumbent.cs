namespace AgentRec.Negotiation.Search;

/// <summary>The best slate known before branching begins: what is offered and keeps all hard bounds.</summary>
internal sealed class Incumbent(SearchProblem problem)
{
    private readonly SlateState _state = new(problem.Columns);

    /// <summary>The slate in slate order; null: none was offered.</summary>
    public int[]? Slate { get; private set; }

    /// <summary>Its worth, penalties taken off.</summary>
    public double Worth { get; private set; } = double.NegativeInfinity;

    /// <summary>Takes a slate when it is better than the one known.</summary>
    /// <returns>The best worth known.</returns>
    public double Offer(ReadOnlySpan<int> slate)
    {
        foreach (var candidate in slate)
            _state.Add(candidate);
        if (problem.HardExcess(_state) == 0)
        {
            var penalty = problem.PenaltyOf(_state);
            if (problem.Arrange(slate, Worth + penalty) is { } arranged)
            {
                var worth = problem.ValueOf(arranged) - penalty - problem.OrderPenaltyOf(arranged);
                if (worth > Worth + BranchAndBound.Tolerance)
                    (Slate, Worth) = (arranged, worth);
            }
        }
        foreach (var candidate in slate)
            _state.Remove(candidate);
        return Worth;
    }
}
