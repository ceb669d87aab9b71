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
        var answer = IntegerProgram.Solve(problem, floor.Repair ?? floor.Feasible, cancellationToken);
        floor.Count(answer.Nodes, answer.IsProven, answer.Bound);
        if (!answer.IsProven)
            floor.Say(new WorkEnded(answer.Slate is null ? 0 : answer.Worth, answer.Bound));
        // Where no rule is about order, equal standings keep the window's.
        var slate = answer.Slate is { } best ? (problem.Positions.Length == 0 ? problem.Arrange(best)! : best) : floor.Feasible;
        return floor.PutOnceAsync(floor.Weigh(slate, ProposalOrigin.Planner), cancellationToken);
    }
}
