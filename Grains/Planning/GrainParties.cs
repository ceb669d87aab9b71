using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Policies;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Grains.Items;
using AgentRec.Negotiation.ItemAgency;
using AgentRec.Negotiation.Proposals;
using AgentRec.Negotiation.Protocol;

namespace AgentRec.Grains.Planning;

/// <summary>
/// The parties of one negotiation as grains. An agent that is late is stood in for by what is last known of it (the pinned
/// offer, the rules in force), as long as one of user agent and policy agent still answers; who was absent is named in the
/// certificate. What is said here is remembered for explanations, since a proposer could tell anything.
/// </summary>
/// <param name="grains">Finds the item agents.</param>
/// <param name="tenant">The tenant.</param>
/// <param name="user">The user agent.</param>
/// <param name="policyAgent">The policy agent.</param>
/// <param name="offer">The user agent's pinned offer.</param>
/// <param name="table">What lies on the table.</param>
/// <param name="segment">The audience's segment, which is all that item agents learn.</param>
/// <param name="standing">The bids that stand by the ledger which bids go by: their agents need not be asked again.</param>
/// <param name="arguments">What advocates say for items; it raises their bids.</param>
/// <param name="options">How long the agents are waited for.</param>
internal sealed class GrainParties(
    IGrainFactory grains,
    string tenant,
    IUserAgent user,
    IPolicyAgent policyAgent,
    Offer offer,
    NegotiationTable table,
    int segment,
    StandingBids.Board standing,
    ImmutableArray<Argument> arguments,
    PlannerOptions options) : IParties
{
    /// <summary>How often agents may be asked in one negotiation: far more than any protocol needs.</summary>
    public const int GreatestQuestions = 200;

    private readonly PolicyReference _policy = new(table.Rules.Name, table.Rules.Version);
    private readonly LocalParties _known = new(table, null);
    private readonly HashSet<string> _judged = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _absent = new(StringComparer.Ordinal);
    private readonly ImmutableArray<Candidate> _opening = Opening.Of(table.Window.Candidates, table.SlateSize);
    private int _questions;

    /// <summary>Item agents that were asked and did not answer in time.</summary>
    public int Silent { get; private set; }

    /// <summary>The bids that count.</summary>
    public ImmutableArray<Bid> Bids { get; private set; } = [];

    /// <summary>The bids as item agents made them, before anybody spoke for an item.</summary>
    public ImmutableArray<Bid> OwnBids { get; private set; } = [];

    /// <summary>What the policy agent says to the user's own slate: what rules ask for.</summary>
    public ImmutableArray<Objection> OpeningObjections { get; private set; } = [];

    /// <inheritdoc/>
    public ImmutableArray<string> Absent => [.. _absent];

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<Bid>> BidAsync(BidCall call, CancellationToken cancellationToken)
    {
        CountQuestion();
        if (_opening.IsEmpty || Bidding.Call(table.Window.Candidates, _opening[^1].Utility, table.Rules.Agency) is not { } terms || !IsSame(terms, call))
            throw new ProposalException("The call for bids is not the one that the policy's terms and the window give.");
        Task<Bid>[] calls =
        [
            .. call.Invited
                .Select(handle => new BidInvitation(handle, segment, call.Cut, call.Beta, standing.Version))
                .Select(invitation => standing.Find(invitation) is { } bid ? Task.FromResult(bid) : AskAsync(invitation)),
        ];
        var all = Task.WhenAll(calls);
        try
        {
            await all.WaitAsync(TimeSpan.FromMilliseconds(options.BidTimeoutMilliseconds), cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Who is late or fails does not bid; the others' bids count.
            Silent = calls.Count(one => !one.IsCompletedSuccessfully);
            _ = all.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            if (Silent == calls.Length)
                _absent.Add(AgentNames.Items);
        }
        ImmutableArray<Bid> bids = [.. calls.Where(one => one.IsCompletedSuccessfully).Select(one => one.Result)];
        OwnBids = Bidding.Admit(table.Window.Candidates, call, bids);
        bids = Bidding.Heard(bids, call, arguments);
        Bids = Bidding.Admit(table.Window.Candidates, call, bids);
        return bids;
    }

    /// <inheritdoc/>
    public async ValueTask<Review> ReviewAsync(ImmutableArray<int> slate, ImmutableArray<RelaxedRule> relaxed, CancellationToken cancellationToken)
    {
        Require(slate);
        if (relaxed.IsDefault)
            throw new ProposalException("A review is asked for without saying which rules are relaxed.");
        var review = await AnswerAsync(
            AgentNames.Policy,
            () => policyAgent.Review(new ReviewRequest(_policy, offer.Candidates, slate, relaxed) { ModelVersion = offer.ModelVersion }).AsTask(),
            () => _known.ReviewAsync(slate, relaxed, cancellationToken),
            cancellationToken);
        if (slate.SequenceEqual(_opening.Select(candidate => candidate.Handle)) && OpeningObjections.IsEmpty)
            OpeningObjections = review.Objections;
        return review;
    }

    /// <inheritdoc/>
    public async ValueTask<Response> RespondAsync(ImmutableArray<int> slate, int round, CancellationToken cancellationToken)
    {
        Require(slate);
        // What a slate is worth to the user was said when it was first put; only the limit moves, by the policy's terms. Who would
        // refuse it still is not asked again; that a slate is accepted, only the user agent says.
        var name = string.Join(',', slate);
        if (_judged.Contains(name) && await _known.RespondAsync(slate, round, cancellationToken) is { Accepted: false } still)
        {
            CountQuestion();
            return still;
        }
        var response = await AnswerAsync(
            AgentNames.User,
            () => user.Respond(new OfferProposal(offer.OfferId, slate, round, table.SlateSize, _policy)),
            () => _known.RespondAsync(slate, round, cancellationToken),
            cancellationToken);
        if (!response.Stale)
            _judged.Add(name);
        return response;
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<RankedOffer>> OfferAsync(OfferCall call, CancellationToken cancellationToken)
    {
        CountQuestion();
        if (call.Size < 1 || call.Size > table.SlateSize || call.LastOffer.IsDefault || call.Rejected.IsDefault
            || call.LastOffer.Length > TurnRequest.GreatestSlateSize || call.Rejected.Length > table.Window.Candidates.Length)
            throw new ProposalException("The call for offers asks for more than a slate, or names more than the window holds.");
        var offers = await Task.WhenAll(
            OfferOfAsync(AgentNames.User, user.Rank(new RankRequest(offer.OfferId, _policy, call)), cancellationToken),
            OfferOfAsync(AgentNames.Policy, policyAgent.Rank(new PolicyRankRequest(_policy, offer.Candidates, call) { ModelVersion = offer.ModelVersion }), cancellationToken));
        return [.. offers.OfType<RankedOffer>()];
    }

    private async Task<Bid> AskAsync(BidInvitation invitation)
    {
        var bid = await grains.Find<IItemAgent>(GrainKey.Item(tenant, table.Facets.Item(invitation.Handle).ItemId)).Bid(invitation);
        standing.Keep(invitation, bid);
        return bid;
    }

    private async Task<RankedOffer?> OfferOfAsync(string agent, Task<RankedOffer> asked, CancellationToken cancellationToken)
    {
        try
        {
            return await asked.WaitAsync(Patience, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Miss(agent);
            return null;
        }
    }

    private TimeSpan Patience => TimeSpan.FromMilliseconds(options.AnswerTimeoutMilliseconds);

    private async ValueTask<T> AnswerAsync<T>(string agent, Func<Task<T>> ask, Func<ValueTask<T>> known, CancellationToken cancellationToken)
    {
        CountQuestion();
        // Who was absent once is not waited for again in this negotiation.
        if (_absent.Contains(agent))
            return await known();
        var asked = ask();
        try
        {
            return await asked.WaitAsync(Patience, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Miss(agent);
            _ = asked.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return await known();
        }
    }

    private static bool IsSame(BidCall terms, BidCall call) =>
        !call.Invited.IsDefault && terms with { Invited = [] } == call with { Invited = [] } && terms.Invited.SequenceEqual(call.Invited);

    private void Miss(string agent)
    {
        _absent.Add(agent);
        if (_absent.Contains(AgentNames.User) && _absent.Contains(AgentNames.Policy))
            throw new ProposalException("Neither the user agent nor the policy agent answers: there is no quorum.");
    }

    private void CountQuestion()
    {
        if (Interlocked.Increment(ref _questions) > GreatestQuestions)
            throw new ProposalException($"Agents were asked more than {GreatestQuestions} times in one negotiation.");
    }

    /// <summary>Agents are only asked about slates of the window; anything else is the proposer's fault, not theirs.</summary>
    private void Require(ImmutableArray<int> slate)
    {
        if (slate.IsDefault || Utility.Resolve(table.Window.Candidates, slate) is null)
            throw new ProposalException("The proposed slate holds an item outside the window, one twice, or too many.");
    }
}
