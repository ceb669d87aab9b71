using AgentRec.Domain;
using AgentRec.Negotiation.Search;

namespace AgentRec.Negotiation.Protocol;

/// <summary>
/// A moderator counts ranked offers of the user agent, the item agents and the policy agent round by round, rejects what the
/// majority leaves out, and puts the order by count, repaired under the rules, to the user agent, who gives way with the rounds.
/// (After Collab-REC, 2025.) An agent that does not answer is counted with its last known offer; without offers of a
/// majority the repaired slate stands in.
/// </summary>
public sealed class VoteProtocol : StandardProtocol
{
    /// <summary>The protocol's name.</summary>
    public const string ProtocolName = "vote";

    /// <inheritdoc/>
    public override string Name => ProtocolName;

    /// <inheritdoc/>
    public override bool ConcedesInRounds => true;

    private protected override async Task<NegotiationResult> DeliberateAsync(Floor floor, CancellationToken cancellationToken)
    {
        var moderator = new Moderator(floor.Window, floor.Table.SlateSize, floor.Call is null ? 2 : 3);
        Proposal? last = null;
        for (var round = 1; round <= floor.Terms.Rounds; round++)
        {
            if (round > 1)
                floor.Announce(round, 0);
            var offers = await floor.OffersAsync(new OfferCall(round, floor.Length, last?.Slate ?? [], moderator.Rejected), cancellationToken);
            if (floor.Call is not null && !floor.Absent.Contains(AgentNames.Items, StringComparer.Ordinal))
                offers = offers.Add(RankedOffers.Items(floor.Window, floor.Standings, moderator.Rejected, floor.Length));
            if (moderator.Hear(round, offers, last?.Slate ?? []) is { } weighed)
                floor.Say(weighed);
            last = floor.Weigh(Slate(floor, moderator), ProposalOrigin.Vote);
            if (await floor.PutAsync(last, round, cancellationToken))
                return floor.Settle(last, round, isArbitrated: false);
            if (floor.IsStale)
                return floor.Settle(null, round, isArbitrated: false);
        }
        return await floor.PutBestAsync(floor.Terms.Rounds, cancellationToken);
    }

    /// <summary>The slate by count, shown in the order of standings.</summary>
    private static int[] Slate(Floor floor, Moderator moderator)
    {
        var counts = moderator.Counts();
        var chosen = moderator.HasQuorum ? floor.Repaired(counts) ?? floor.Best(counts, softness: 0) : floor.Repair ?? floor.Feasible;
        return new SearchProblem(floor.Standings, floor.Length, floor.Columns, softness: 0).Arrange(chosen) ?? chosen;
    }
}
