namespace AgentRec.Negotiation.Search;

/// <summary>
/// Deterministic repair: start with the best candidates by value and make the swap that brings the slate nearest to the hard
/// bounds, of equal ones the cheapest, until all hold. Where no swap brings it nearer it takes the best one all the same, and
/// does not bring back what left (a tabu search, Glover 1989), for a bounded number of swaps.
/// </summary>
internal static class SlateRepair
{
    /// <summary>Swaps in a row that may fail to bring the slate nearer than it ever was.</summary>
    private const int Patience = 24;

    /// <summary>The repaired slate in slate order, or null when swaps do not get there, or cannot be put in order.</summary>
    public static int[]? Repair(SearchProblem problem)
    {
        var slate = problem.Order[..problem.Length];
        var state = new SlateState(problem.Columns);
        var barred = new bool[problem.Count];
        var excessWith = new long[problem.Count];
        foreach (var candidate in slate)
        {
            state.Add(candidate);
            barred[candidate] = true;
        }
        var excess = problem.HardExcess(state);
        var nearest = excess;
        for (var patience = Patience; excess > 0 && patience > 0; patience--)
        {
            if (BestSwap(problem, state, slate, barred, excessWith) is not { } swap)
                return null;
            state.Remove(slate[swap.Place]);
            state.Add(swap.Candidate);
            // What leaves stays away while the slate gets no nearer, so that no swap undoes another.
            barred[slate[swap.Place]] = swap.Excess >= nearest;
            barred[swap.Candidate] = true;
            slate[swap.Place] = swap.Candidate;
            excess = swap.Excess;
            if (excess < nearest)
                (nearest, patience) = (excess, Patience);
        }
        return excess == 0 ? problem.Arrange(slate) : null;
    }

    private static (int Place, int Candidate, long Excess)? BestSwap(
        SearchProblem problem, SlateState state, int[] slate, bool[] barred, long[] excess)
    {
        (int Place, int Candidate, long Excess)? best = null;
        var least = long.MaxValue;
        var loss = double.PositiveInfinity;
        for (var place = 0; place < slate.Length; place++)
        {
            state.Remove(slate[place]);
            Array.Clear(excess);
            for (var c = 0; c < problem.Columns.Length; c++)
            {
                if (problem.Columns[c].IsHard)
                    state.AddExcessWith(c, excess);
            }
            foreach (var candidate in problem.Order)
            {
                var left = excess[candidate];
                if (left > least || barred[candidate])
                    continue;
                var cost = problem.Values[slate[place]] - problem.Values[candidate];
                if (left < least || cost < loss)
                {
                    best = (place, candidate, left);
                    (least, loss) = (left, cost);
                }
            }
            state.Add(slate[place]);
        }
        return best;
    }
}
