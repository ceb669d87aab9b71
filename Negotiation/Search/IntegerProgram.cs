using System.Globalization;
using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Rules;
using Google.OrTools.Sat;

namespace AgentRec.Negotiation.Search;

/// <summary>
/// The best slate as an integer program for a solver that shares nothing with the branch and bound: one variable for every
/// candidate at every place. Work is limited in the solver's deterministic units, so that the same problem has the same answer.
/// </summary>
internal sealed class IntegerProgram
{
    /// <summary>The solver's work after which the best slate found is taken, in its own deterministic seconds.</summary>
    private const double GreatestWork = 5;

    /// <summary>Parts of a slate are counted to a ten-thousandth of an item.</summary>
    private const long Fineness = 10_000;

    /// <summary>Whole units of the objective in one unit of utility.</summary>
    private const double Scale = 1e9;

    private readonly SearchProblem _problem;
    private readonly CpModel _model = new();
    private readonly BoolVar[][] _at;
    private readonly LinearExpr[] _chosen;
    private readonly LinearExprBuilder _objective = LinearExpr.NewBuilder();

    private IntegerProgram(SearchProblem problem)
    {
        _problem = problem;
        _at = new BoolVar[problem.Count][];
        _chosen = new LinearExpr[problem.Count];
        for (var i = 0; i < problem.Count; i++)
        {
            _at[i] = new BoolVar[problem.Length];
            for (var p = 0; p < problem.Length; p++)
            {
                _at[i][p] = _model.NewBoolVar("");
                _objective.AddTerm(_at[i][p], Coefficient(Utility.Discount(p + 1) * problem.Values[i]));
            }
            _chosen[i] = LinearExpr.Sum(_at[i]);
            _model.AddAtMostOne(_at[i]);
        }
        for (var p = 0; p < problem.Length; p++)
            _model.AddExactlyOne(_at.Select(places => places[p]));
        foreach (var column in problem.Columns)
            Add(column);
        foreach (var column in problem.Positions)
            AddOrder(column);
        _model.Maximize(_objective);
    }

    /// <summary>Solves.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="hint">A slate under the rules to start from.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The slate in slate order; null: no slate keeps the hard rules, or none was found within the work limit.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SearchAnswer Solve(SearchProblem problem, int[]? hint, CancellationToken cancellationToken = default)
    {
        var program = new IntegerProgram(problem);
        for (var p = 0; hint is not null && p < hint.Length; p++)
            program._model.AddHint(program._at[hint[p]][p], true);
        var solver = new CpSolver
        {
            StringParameters = string.Create(
                CultureInfo.InvariantCulture, $"num_search_workers:1,random_seed:0,max_deterministic_time:{GreatestWork},linearization_level:2"),
        };
        using var stop = cancellationToken.Register(solver.StopSearch);
        var status = solver.Solve(program._model);
        cancellationToken.ThrowIfCancellationRequested();
        if (status is CpSolverStatus.Infeasible)
            return new SearchAnswer(null, double.NegativeInfinity, double.NegativeInfinity, IsProven: true, solver.NumBranches());
        if (status is not (CpSolverStatus.Optimal or CpSolverStatus.Feasible))
            return new SearchAnswer(null, double.NegativeInfinity, solver.BestObjectiveBound / Scale, IsProven: false, solver.NumBranches());
        var slate = program.Read(solver);
        return new SearchAnswer(
            slate, solver.ObjectiveValue / Scale, solver.BestObjectiveBound / Scale, status is CpSolverStatus.Optimal, solver.NumBranches());
    }

    private int[] Read(CpSolver solver)
    {
        var slate = new int[_problem.Length];
        for (var i = 0; i < _at.Length; i++)
        {
            for (var p = 0; p < slate.Length; p++)
            {
                if (solver.BooleanValue(_at[i][p]))
                    slate[p] = i;
            }
        }
        return slate;
    }

    private void Add(RuleColumn column)
    {
        switch (column.Kind)
        {
            case ColumnKind.Sum:
                var sum = LinearExpr.WeightedSum(_chosen, column.Amounts);
                AddBounds(column, sum);
                break;
            case ColumnKind.EachAtMost:
                var over = Excess(column, below: false);
                foreach (var carriers in Carriers(column))
                    _model.Add(LinearExpr.Sum(carriers) * Grain(column) <= High(column) + over);
                break;
            case ColumnKind.EachAtLeast:
                var under = Excess(column, below: true);
                AddOccurrences(column, (occurs, carriers) => _model.Add(LinearExpr.Sum(carriers) * Grain(column) >= (Low(column) * occurs) - under));
                break;
            case ColumnKind.Distinct:
                AddDistinct(column);
                break;
            case ColumnKind.Shares:
                AddShares(column);
                break;
            case ColumnKind.Average:
                AddAverage(column);
                break;
        }
    }

    /// <summary>Half the L1 distance of shares from their target, each value's to a hundredth of a percent.</summary>
    private void AddShares(RuleColumn column)
    {
        var cast = new LinearExprBuilder[column.ValueCount];
        for (var value = 0; value < cast.Length; value++)
            cast[value] = LinearExpr.NewBuilder();
        for (var i = 0; i < column.Values.Length; i++)
        {
            foreach (var value in column.Values[i])
                cast[value].AddTerm(_chosen[i], column.Votes[i] * Fineness);
        }
        var whole = _problem.Length * (long)FacetVotes.Whole;
        for (var value = 0; value < cast.Length; value++)
        {
            var distance = _model.NewIntVar(0, 2 * _problem.Length * Fineness, "");
            var wanted = (long)Math.Round((double)column.Targets[value] / Millionths.One * whole * Fineness);
            _model.Add(distance * FacetVotes.Whole >= cast[value] - wanted);
            _model.Add(distance * FacetVotes.Whole >= wanted - cast[value]);
            _objective.AddTerm(distance, -Coefficient((double)column.Rule.Weight / (2 * _problem.Length * Fineness)));
        }
    }

    /// <summary>
    /// A wish about a mean, counted as if every item had the number: where some lack it, the mean is missed by less here than
    /// it is, so that the bound of the objective stays valid.
    /// </summary>
    private void AddAverage(RuleColumn column)
    {
        long[] have = [.. column.HasAmount.Select(has => has ? 1L : 0)];
        if (column.AtMost < RuleColumn.Unbounded)
            _model.Add(LinearExpr.WeightedSum(_chosen, column.Amounts.Zip(have, (amount, has) => amount - (has * column.AtMost))) <= _problem.Length * Excess(column, below: false));
        if (column.AtLeast > -RuleColumn.Unbounded)
            _model.Add(LinearExpr.WeightedSum(_chosen, column.Amounts.Zip(have, (amount, has) => (has * column.AtLeast) - amount)) <= _problem.Length * Excess(column, below: true));
    }

    private void AddOrder(RuleColumn column)
    {
        if (column.Kind == ColumnKind.Pin)
            AddPin(column);
        else
            AddGap(column);
    }

    private void AddPin(RuleColumn column)
    {
        var place = column.Rule.Place!.Value - 1;
        var holders = place < _problem.Length
            ? LinearExpr.Sum(_at.Where((_, i) => column.Amounts[i] > 0).Select(places => places[place]))
            : LinearExpr.Constant(0);
        if (column.IsHard)
        {
            _model.Add(holders >= 1);
            return;
        }
        var missing = _model.NewBoolVar("");
        _model.Add(holders + missing >= 1);
        _objective.AddTerm(missing, -Coefficient((double)column.Rule.Weight));
    }

    /// <summary>Of each value at most one item in so many places on end; a wish pays for every distance that is too short.</summary>
    private void AddGap(RuleColumn column)
    {
        for (var span = column.IsHard ? (int)column.AtLeast : 2; span <= column.AtLeast; span++)
        {
            LinearExpr broken = LinearExpr.Constant(0);
            if (!column.IsHard)
            {
                var isBroken = _model.NewBoolVar("");
                _objective.AddTerm(isBroken, -Coefficient(_problem.PenaltyPerUnit(column, below: true)));
                broken = isBroken * (span - 1);
            }
            for (var value = 0; value < column.ValueCount; value++)
            {
                var carriers = _at.Where((_, i) => column.Values[i].Contains(value)).ToArray();
                for (var first = 0; first < _problem.Length && carriers.Length > 1; first++)
                {
                    var places = carriers.SelectMany(at => at.Skip(first).Take(span)).ToArray();
                    _model.Add(LinearExpr.Sum(places) <= 1 + broken);
                }
            }
        }
    }

    private void AddDistinct(RuleColumn column)
    {
        var occurring = new List<LinearExpr>();
        AddOccurrences(column, (occurs, _) => occurring.Add(occurs));
        AddBounds(column, LinearExpr.Sum(occurring));
    }

    private void AddBounds(RuleColumn column, LinearExpr sum)
    {
        if (column.AtMost < RuleColumn.Unbounded)
            _model.Add(sum * Grain(column) <= High(column) + Excess(column, below: false));
        if (column.AtLeast > -RuleColumn.Unbounded)
            _model.Add(sum * Grain(column) >= Low(column) - Excess(column, below: true));
    }

    /// <summary>
    /// Grains in one unit of a column. A wish about parts of the slate is missed by fractions of an item: it is counted in
    /// grains of a ten-thousandth.
    /// </summary>
    private static long Grain(RuleColumn column) => column is { IsHard: false, Unit: ColumnUnit.Part } ? Fineness : 1;

    private long Low(RuleColumn column) => Grain(column) == 1 ? column.AtLeast : Grains(column.Bounds.Low);

    private long High(RuleColumn column) => Grain(column) == 1 ? column.AtMost : Grains(column.Bounds.High);

    private long Grains(long part) => (long)Math.Round((double)part * _problem.Length * Fineness / Millionths.One);

    /// <summary>A variable for every value that is 1 exactly when the slate carries it.</summary>
    private void AddOccurrences(RuleColumn column, Action<BoolVar, LinearExpr[]> use)
    {
        foreach (var carriers in Carriers(column))
        {
            var occurs = _model.NewBoolVar("");
            foreach (var carrier in carriers)
                _model.Add(carrier <= occurs);
            _model.Add(LinearExpr.Sum(carriers) >= occurs);
            use(occurs, carriers);
        }
    }

    /// <summary>
    /// By how much a bound may be missed: 0 for hard ones; for wishes a variable that costs its part of the weight, until the
    /// violation is whole and misses nothing more.
    /// </summary>
    private LinearExpr Excess(RuleColumn column, bool below)
    {
        if (column.IsHard)
            return LinearExpr.Constant(0);
        var grain = Grain(column);
        var room = RuleBodies.Of(column.Rule).Room(column.Rule, below, _problem.Length) / column.MillionthsPerUnit * grain;
        var part = _model.NewIntVar(0, (long)Math.Ceiling(room), "");
        var whole = _model.NewBoolVar("");
        var unit = _problem.PenaltyPerUnit(column, below) / grain;
        _objective.AddTerm(part, -Coefficient(unit));
        _objective.AddTerm(whole, -Coefficient(unit * room));
        return part + (Reach(column) * whole);
    }

    /// <summary>More than any slate can miss a bound by.</summary>
    private long Reach(RuleColumn column)
    {
        var most = column.Kind is ColumnKind.Sum or ColumnKind.Average ? column.Amounts.Max(Math.Abs) * _problem.Length : Math.Max(_problem.Length, column.ValueCount);
        return Grain(column) * (most + Math.Abs(column.AtLeast > -RuleColumn.Unbounded ? column.AtLeast : 0) + Math.Abs(column.AtMost < RuleColumn.Unbounded ? column.AtMost : 0));
    }

    private LinearExpr[][] Carriers(RuleColumn column)
    {
        var carriers = new List<LinearExpr>[column.ValueCount];
        for (var value = 0; value < carriers.Length; value++)
            carriers[value] = [];
        for (var i = 0; i < column.Values.Length; i++)
        {
            foreach (var value in column.Values[i])
                carriers[value].Add(_chosen[i]);
        }
        return [.. carriers.Select(each => each.ToArray())];
    }

    private static long Coefficient(double worth) => (long)Math.Round(worth * Scale);
}
