using System.Collections.Immutable;
using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Search;

namespace AgentRec.Negotiation.Proposals;

/// <summary>
/// The repair of somebody's picks in place of the standing order: what the rules do not allow is swapped for what stands next, places go
/// by standing, and what the user agent refuses gives way to its best slate under the rules. So whoever picks chooses among slates that
/// the user can bear, and cannot do worse than that.
/// </summary>
/// <param name="picks">Item ids, most wanted first; those outside the window, and repetitions, count for nothing.</param>
public sealed class PicksProtocol(ImmutableArray<string> picks) : StandardProtocol
{
    /// <inheritdoc/>
    public override string Name => RepairProtocol.ProtocolName;

    private protected override Task<NegotiationResult> DeliberateAsync(Floor floor, CancellationToken cancellationToken)
    {
        var values = floor.Standings.ToArray();
        var above = values.Max();
        for (var place = 0; place < values.Length; place++)
        {
            if (picks.IndexOf(floor.Window[place].ItemId, 0, picks.Length, StringComparer.Ordinal) is >= 0 and var rank)
                values[place] = above + picks.Length - rank;
        }
        var chosen = floor.Repaired(values) ?? floor.Best(values, softness: 0);
        var arranged = new SearchProblem(floor.Standings, floor.Length, floor.Columns, softness: 0).Arrange(chosen) ?? chosen;
        return floor.PutOnceAsync(floor.Weigh(arranged, ProposalOrigin.Planner), cancellationToken);
    }
}
