using AgentRec.Domain;

namespace AgentRec.Negotiation.Protocol;

/// <summary>
/// Both sides concede over rounds until they agree: the planner gives up bids and soft wishes, the user agent utility.
/// Refused slates are kept and tried again at each larger concession.
/// </summary>
public sealed class ConcessionProtocol : StandardProtocol
{
    /// <summary>The protocol's name.</summary>
    public const string ProtocolName = RuleSet.DefaultProtocol;

    /// <inheritdoc/>
    public override string Name => ProtocolName;

    /// <inheritdoc/>
    public override bool ConcedesInRounds => true;

    private protected override async Task<NegotiationResult> DeliberateAsync(Floor floor, CancellationToken cancellationToken)
    {
        var refused = new List<Proposal>();
        for (var round = 1; round <= floor.Terms.Rounds; round++)
        {
            if (round > 1)
                floor.Announce(round, Lambdas(floor.Terms, round)[^1]);
            if (await AgreeAsync(floor, refused, round, cancellationToken) is { } agreed)
                return floor.Settle(agreed, round, isArbitrated: false);
            if (floor.IsStale)
                return floor.Settle(null, round, isArbitrated: false);
        }
        // The last planner's proposal was the best for the user under the rules.
        return floor.Settle(refused.LastOrDefault(), floor.Terms.Rounds, isArbitrated: true);
    }

    /// <summary>What the planner asks for in a round: lambda falls from 1 to 0; a single round tries both ends.</summary>
    private static double[] Lambdas(Concession terms, int round) => terms.Rounds == 1 ? [1, 0] : [1 - ((round - 1.0) / (terms.Rounds - 1))];

    /// <summary>Puts the round's proposals to the user agent, the highest objective first, and takes the first accepted.</summary>
    private static async Task<Proposal?> AgreeAsync(Floor floor, List<Proposal> refused, int round, CancellationToken cancellationToken)
    {
        foreach (var lambda in Lambdas(floor.Terms, round))
        {
            var fresh = new List<Proposal>();
            var known = refused.Select(proposal => proposal with { Origin = ProposalOrigin.Again }).ToList();
            if (round == 1 && floor.Repair is not null && refused.Count == 0)
                fresh.Add(floor.Weigh(floor.Repair, ProposalOrigin.Repair));
            fresh.Add(floor.Weigh(floor.Best(Values(floor, lambda), lambda), ProposalOrigin.Planner));
            var candidates = known.Concat(fresh.Where(proposal => known.TrueForAll(old => !old.IsSame(proposal))))
                .OrderByDescending(proposal => proposal.Objective)
                .ThenBy(proposal => proposal.Origin);
            Proposal? previous = null;
            foreach (var proposal in candidates)
            {
                if (previous?.IsSame(proposal) == true)
                    continue;
                previous = proposal;
                if (await floor.PutAsync(proposal, round, cancellationToken))
                    return proposal;
                if (floor.IsStale)
                    return null;
            }
            Keep(refused, fresh);
        }
        return null;
    }

    /// <summary>U + lambda (J - U), soft rules aside: they are weighed by the search.</summary>
    private static double[] Values(Floor floor, double lambda)
    {
        var values = new double[floor.Window.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = floor.Utilities[i] + (lambda * (floor.Standings[i] - floor.Utilities[i]));
        return values;
    }

    /// <summary>Keeps refused slates in the order in which they were made: the planner's latest stands last.</summary>
    private static void Keep(List<Proposal> refused, List<Proposal> fresh)
    {
        foreach (var proposal in fresh)
        {
            var kept = refused.Find(old => old.IsSame(proposal)) ?? proposal;
            refused.Remove(kept);
            if (kept.IsAdmissible)
                refused.Add(kept);
        }
    }
}
