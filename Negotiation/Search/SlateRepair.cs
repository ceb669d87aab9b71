namespace AgentRec.Negotiation.Search;

/// <summary>
/// Deterministic repair: start with the best candidates by value and make the swap that brings the slate nearest to the hard
/// bounds, of equal ones the cheapest, until all hold or no swap helps.
/// </summary>
internal static class SlateRepair
{
    /// <summary>The repaired slate in slate order, or null when swaps alone do not get there.</summary>
    public static int[]? Repair(SearchProblem problem)
    {
        var slate = problem.Order[..problem.Length];
        var state = new SlateState(problem.Columns);
        var taken = new bool[problem.Count];
        foreach (var candidate in slate)
        {
            state.Add(candidate);
            taken[candidate] = true;
        }
        for (var excess = problem.HardExcess(state); excess > 0;)
        {
            if (BestSwap(problem, state, slate, taken, excess) is not { } swap)
                return null;
            state.Remove(slate[swap.Place]);
            state.Add(swap.Candidate);
            taken[slate[swap.Place]] = false;
            taken[swap.Candidate] = true;
            slate[swap.Place] = swap.Candidate;
            excess = swap.Excess;
        }
        return problem.Sorted(slate);
    }

    private static (int Place, int Candidate, long Excess)? BestSwap(
        SearchProblem problem, SlateState state, int[] slate, bool[] taken, long excess)
    {
        (int Place, int Candidate, long Excess)? best = null;
        var loss = double.PositiveInfinity;
        for (var place = 0; place < slate.Length; place++)
        {
            state.Remove(slate[place]);
            foreach (var candidate in problem.Order)
            {
                if (taken[candidate])
                    continue;
                var left = ExcessWith(problem, state, candidate, best?.Excess ?? (excess - 1));
                var cost = problem.Values[slate[place]] - problem.Values[candidate];
                if (left < (best?.Excess ?? excess) || (best is { } found && left == found.Excess && cost < loss))
                {
                    best = (place, candidate, left);
                    loss = cost;
                }
            }
            state.Add(slate[place]);
        }
        return best;
    }

    private static long ExcessWith(SearchProblem problem, SlateState state, int candidate, long enough)
    {
        var sum = 0L;
        for (var c = 0; c < problem.Columns.Length && sum <= enough; c++)
            sum += problem.Columns[c].IsHard ? state.ExcessWith(c, candidate) : 0;
        return sum;
    }
}
