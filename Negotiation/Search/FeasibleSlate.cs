using AgentRec.Domain;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Search;

/// <summary>
/// Finds any slate that keeps all hard rules, or proves that there is none: rules that cannot be met even alone show at
/// once, repair nearly always finds a slate, prices often prove that there is none, and what is left is decided by branching
/// on scarce candidates first.
/// </summary>
internal static class FeasibleSlate
{
    /// <summary>Nodes after which a search gives up.</summary>
    public const long UsualNodes = 50_000;

    private const int TighteningSteps = 120;

    /// <summary>Every slate is worth 0 here: prices that bound its worth below this prove that there is none.</summary>
    private const double Nothing = -1e-6;

    /// <summary>Searches.</summary>
    /// <param name="values">The value of every candidate; it only says where to look first.</param>
    /// <param name="length">The length of the slate.</param>
    /// <param name="columns">The rules; soft ones are passed over.</param>
    /// <param name="limit">The node limit.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static SearchAnswer Find(
        double[] values, int length, RuleColumn[] columns, long limit = UsualNodes, CancellationToken cancellationToken = default)
    {
        var guided = new SearchProblem(values, length, columns, softness: 0);
        cancellationToken.ThrowIfCancellationRequested();
        if (!Array.TrueForAll(guided.Columns, column => IsAttainable(column, length)))
            return new SearchAnswer(null, double.NegativeInfinity, Nothing, IsProven: true, 1);
        if (SlateRepair.Repair(guided) is { } repaired)
            return new SearchAnswer(repaired, 0, 0, IsProven: true, 1);
        var problem = new SearchProblem(new double[values.Length], length, columns, softness: 0);
        var incumbent = new Incumbent(problem);
        var rows = new PricedRows(problem.Columns, problem.Count);
        var bound = new LagrangianBound(problem, Scarcity.Order(problem, guided.Order), rows, new double[rows.Count]);
        bound.Tighten(TighteningSteps, Nothing, () => incumbent.Offer(bound.RelaxedSlate));
        if (incumbent.Slate is { } relaxed)
            return new SearchAnswer(guided.Arrange(relaxed) ?? relaxed, 0, 0, IsProven: true, 1);
        if (bound.Root <= Nothing)
            return new SearchAnswer(null, double.NegativeInfinity, bound.Root, IsProven: true, 1);
        var search = new BranchAndBound(problem, bound, limit, Nothing, stopAtFirst: true, cancellationToken);
        search.Run();
        var isFound = search.Slate is not null;
        return new SearchAnswer(isFound ? guided.Arrange(search.Slate) ?? search.Slate : null, 0, 0, isFound || search.IsComplete, search.Nodes);
    }

    /// <summary>Searches among ranked items.</summary>
    /// <param name="handles">The items, best first.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="slateSize">The length of the slate, where there are as many items.</param>
    /// <returns>Indices into the items; null where none was found.</returns>
    public static int[]? Any(int[] handles, IFacetSource facets, RuleSet rules, int slateSize)
    {
        var columns = RuleColumns.Build(rules, handles, facets, Math.Min(slateSize, handles.Length), []);
        var ranks = new double[handles.Length];
        for (var i = 0; i < ranks.Length; i++)
            ranks[i] = handles.Length - i;
        return Find(ranks, Math.Min(slateSize, handles.Length), columns).Slate;
    }

    /// <summary>False when no slate keeps the rule even if it were the only one.</summary>
    private static bool IsAttainable(RuleColumn column, int length)
    {
        switch (column.Kind)
        {
            case ColumnKind.Sum:
                var amounts = (long[])column.Amounts.Clone();
                Array.Sort(amounts);
                return Sum(amounts.AsSpan(0, length)) <= column.AtMost && Sum(amounts.AsSpan(amounts.Length - length)) >= column.AtLeast;
            case ColumnKind.Distinct:
                return Math.Min(column.ValueCount, (long)length * column.MostValues) >= column.AtLeast;
            default:
                return true;
        }
    }

    private static long Sum(ReadOnlySpan<long> amounts)
    {
        var sum = 0L;
        foreach (var amount in amounts)
            sum += amount;
        return sum;
    }
}
