using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Search;

/// <summary>
/// The order in which a search for any slate tries candidates: those first that few others can stand in for. A choice that
/// is scarce is made while everything else is still open, so that dead ends show near the root.
/// </summary>
internal static class Scarcity
{
    /// <summary>Candidates by falling scarcity, equal ones in the given order.</summary>
    public static int[] Order(SearchProblem problem, int[] order)
    {
        var scarcity = new double[problem.Count];
        foreach (var column in problem.Columns)
        {
            if (column.Kind == ColumnKind.Sum)
                AddSum(column, problem.Length, scarcity);
            else if (column.Kind == ColumnKind.Distinct && column.AtLeast > 0)
                AddValues(column, scarcity);
        }
        return [.. order.OrderByDescending(candidate => scarcity[candidate])];
    }

    private static void AddSum(RuleColumn column, int length, double[] scarcity)
    {
        var total = 0.0;
        foreach (var amount in column.Amounts)
            total += Math.Max(0, amount);
        var carriers = column.Amounts.Count(amount => amount > 0);
        for (var i = 0; i < scarcity.Length; i++)
        {
            if (column.AtLeast > 0 && total > 0)
                scarcity[i] += column.AtLeast * Math.Max(0, column.Amounts[i]) / total;
            // An upper bound asks for items without: as scarce as those are.
            if (column.AtMost < length && column.Amounts[i] <= 0)
                scarcity[i] += (double)(length - column.AtMost) / Math.Max(1, scarcity.Length - carriers);
        }
    }

    private static void AddValues(RuleColumn column, double[] scarcity)
    {
        var carriers = new int[column.ValueCount];
        foreach (var own in column.Values)
        {
            foreach (var value in own)
                carriers[value]++;
        }
        for (var i = 0; i < scarcity.Length; i++)
        {
            foreach (var value in column.Values[i])
                scarcity[i] += (double)column.AtLeast / column.ValueCount / carriers[value];
        }
    }
}
