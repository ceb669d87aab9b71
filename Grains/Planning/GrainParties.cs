using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Policies;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Negotiation.Protocol;

namespace AgentRec.Grains.Planning;

/// <summary>The parties of a negotiation as grains.</summary>
/// <param name="grains">Finds the item agents.</param>
/// <param name="tenant">The tenant.</param>
/// <param name="user">The user agent.</param>
/// <param name="policyAgent">The policy agent.</param>
/// <param name="policy">The rules in force.</param>
/// <param name="offer">The user agent's pinned offer.</param>
/// <param name="facets">The catalogue.</param>
/// <param name="segment">The audience's segment, which is all that item agents learn.</param>
/// <param name="ledgerVersion">The version of the exposure ledger that bids go by.</param>
/// <param name="slateSize">The slate's size.</param>
/// <param name="bidTimeout">How long bids are waited for.</param>
internal sealed class GrainParties(
    IGrainFactory grains,
    string tenant,
    IUserAgent user,
    IPolicyAgent policyAgent,
    PolicyReference policy,
    Offer offer,
    IFacetSource facets,
    int segment,
    long ledgerVersion,
    int slateSize,
    TimeSpan bidTimeout) : IParties
{
    /// <summary>Item agents that were asked and did not answer in time.</summary>
    public int Silent { get; private set; }

    public async ValueTask<ImmutableArray<Bid>> BidAsync(BidCall call, CancellationToken cancellationToken)
    {
        Task<Bid>[] calls =
        [
            .. call.Invited.Select(handle => grains
                .GetGrain<IItemAgent>(GrainKey.Item(tenant, facets.Item(handle).ItemId))
                .Bid(new BidInvitation(handle, segment, call.Cut, call.Beta, ledgerVersion)).AsTask()),
        ];
        var all = Task.WhenAll(calls);
        try
        {
            await all.WaitAsync(bidTimeout, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Who is late or fails does not bid; the others' bids count.
            Silent = calls.Count(one => !one.IsCompletedSuccessfully);
            _ = all.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
        return [.. calls.Where(one => one.IsCompletedSuccessfully).Select(one => one.Result)];
    }

    public ValueTask<Review> ReviewAsync(ImmutableArray<int> slate, ImmutableArray<RelaxedRule> relaxed, CancellationToken cancellationToken) =>
        policyAgent.Review(new ReviewRequest(policy, offer.Candidates, slate, relaxed));

    public async ValueTask<Response> RespondAsync(ImmutableArray<int> slate, int round, CancellationToken cancellationToken) =>
        await user.Respond(new OfferProposal(offer.OfferId, slate, round, slateSize, policy));
}
