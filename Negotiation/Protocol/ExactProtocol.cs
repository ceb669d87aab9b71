using AgentRec.Negotiation.Search;

namespace AgentRec.Negotiation.Protocol;

/// <summary>
/// The slate of greatest objective under the rules, as an integer program: the yardstick for all others. Work is limited;
/// where the limit is hit the result says how much better a slate could still be.
/// </summary>
public sealed class ExactProtocol : StandardProtocol
{
    /// <summary>The protocol's name.</summary>
    public const string ProtocolName = "exact";

    /// <inheritdoc/>
    public override string Name => ProtocolName;

    private protected override Task<NegotiationResult> DeliberateAsync(Floor floor, CancellationToken cancellationToken)
    {
        var problem = new SearchProblem(floor.Standings, floor.Length, floor.Columns, softness: 1);
        var answer = IntegerProgram.Solve(problem, problem.Sorted(floor.Repair ?? floor.Feasible));
        floor.Count(answer.Nodes, answer.IsProven, answer.Bound);
        return floor.PutOnceAsync(floor.Weigh(answer.Slate is { } best ? problem.Sorted(best) : floor.Feasible, ProposalOrigin.Planner), cancellationToken);
    }
}
