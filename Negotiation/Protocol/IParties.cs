using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Negotiation.Protocol;

/// <summary>
/// The agents that the planner talks to. In one process they are pure functions (<see cref="LocalParties"/>), across a
/// cluster they are grains; the protocol is the same.
/// </summary>
public interface IParties
{
    /// <summary>Asks item agents near the cut for bids; one that does not answer is missing from the result.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends the negotiation.</param>
    ValueTask<ImmutableArray<Bid>> BidAsync(BidCall call, CancellationToken cancellationToken);

    /// <summary>Asks the policy agents for objections to a slate.</summary>
    /// <param name="slate">The slate, by handle, best first.</param>
    /// <param name="relaxed">Hard rules that no slate can meet, with the bounds that stand in for theirs.</param>
    /// <param name="cancellationToken">Ends the negotiation.</param>
    ValueTask<Review> ReviewAsync(ImmutableArray<int> slate, ImmutableArray<RelaxedRule> relaxed, CancellationToken cancellationToken);

    /// <summary>Asks the user agent whether it accepts a slate.</summary>
    /// <param name="slate">The slate, by handle, best first.</param>
    /// <param name="round">The round, from 1.</param>
    /// <param name="cancellationToken">Ends the negotiation.</param>
    ValueTask<Response> RespondAsync(ImmutableArray<int> slate, int round, CancellationToken cancellationToken);

    /// <summary>Asks every agent for the slate that it would rather have; one that does not answer is missing from the result.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends the negotiation.</param>
    ValueTask<ImmutableArray<RankedOffer>> OfferAsync(OfferCall call, CancellationToken cancellationToken);

    /// <summary>Agents that have not answered in time so far and for whom their last known offer stood in, by name.</summary>
    ImmutableArray<string> Absent { get; }
}
