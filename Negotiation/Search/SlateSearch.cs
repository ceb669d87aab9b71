using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Search;

/// <summary>What a search found.</summary>
/// <param name="Slate">The best slate found, in slate order; null: none.</param>
/// <param name="Worth">Its worth, penalties taken off.</param>
/// <param name="Bound">No slate is worth more.</param>
/// <param name="IsProven">True when the answer is the best there is, or when it is certain that there is none.</param>
/// <param name="Nodes">Nodes looked at.</param>
internal sealed record SearchAnswer(int[]? Slate, double Worth, double Bound, bool IsProven, long Nodes);

/// <summary>
/// Searches for the best slate of the same candidates under the same rules, with values that change from one to the next, as
/// in the rounds of a negotiation: the prices and slates of one search are where the next begins, which often proves at once
/// that a slate known already is the best again.
/// </summary>
internal sealed class SlateSearch(RuleColumn[] columns, int count, int length)
{
    /// <summary>Nodes after which a search answers with the best slate found.</summary>
    public const long UsualNodes = 10_000;

    /// <summary>Rules up to which a search has its usual nodes.</summary>
    private const int UsualRules = 8;

    private const int TighteningSteps = 60;

    private readonly List<int[]> _known = [];
    private PricedRows? _rows;
    private double[] _prices = [];

    /// <summary>The nodes of a full search under so many rules: fewer where there are many, each of which every node is held against.</summary>
    public static long NodesUnder(int rules) => UsualNodes * UsualRules / Math.Max(UsualRules, rules);

    /// <summary>Remembers a slate that is known to keep the rules.</summary>
    public void Know(int[] slate) => _known.Add(slate);

    /// <summary>The slate of greatest worth.</summary>
    /// <param name="values">The value of every candidate.</param>
    /// <param name="softness">By what the weights of soft rules are multiplied.</param>
    /// <param name="limit">The node limit.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public SearchAnswer Best(double[] values, double softness, long limit = UsualNodes, CancellationToken cancellationToken = default)
    {
        var problem = new SearchProblem(values, length, columns, softness);
        var incumbent = new Incumbent(problem);
        // The best by value alone, where no rule stands against it, needs no search.
        var top = problem.Order[..length];
        if (incumbent.Offer(top) >= problem.ValueOf(top))
            return new SearchAnswer(incumbent.Slate, incumbent.Worth, incumbent.Worth, IsProven: true, 1);
        foreach (var slate in _known)
            incumbent.Offer(slate);
        if (_rows is null)
        {
            _rows = new PricedRows(SearchProblem.SetColumns(columns, length), count);
            _prices = new double[_rows.Count];
        }
        var bound = new LagrangianBound(problem, problem.Order, _rows, _prices);
        bound.Tighten(TighteningSteps, double.NegativeInfinity, () => incumbent.Offer(bound.RelaxedSlate));
        var answer = bound.Root <= incumbent.Worth + BranchAndBound.Tolerance
            ? new SearchAnswer(incumbent.Slate, incumbent.Worth, incumbent.Worth, IsProven: true, 1)
            : Branch(problem, bound, incumbent, limit, cancellationToken);
        if (answer.Slate is not null)
            Know(answer.Slate);
        return answer;
    }

    private static SearchAnswer Branch(SearchProblem problem, LagrangianBound bound, Incumbent incumbent, long limit, CancellationToken cancellationToken)
    {
        var search = new BranchAndBound(problem, bound, limit, incumbent.Worth, stopAtFirst: false, cancellationToken);
        search.Run();
        return new SearchAnswer(
            search.Slate ?? incumbent.Slate, search.Worth, search.IsComplete ? search.Worth : Math.Max(bound.Root, search.Worth), search.IsComplete, search.Nodes);
    }
}
