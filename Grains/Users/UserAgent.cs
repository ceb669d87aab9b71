using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Grains.Planning.Questions;
using AgentRec.Grains.Policies;
using AgentRec.Grains.Reasons;
using AgentRec.Grains.Serving;
using AgentRec.Grains.Tenants;
using AgentRec.Negotiation.Protocol;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace AgentRec.Grains.Users;

/// <inheritdoc cref="IUserAgent"/>
/// <remarks>
/// This part negotiates; <c>UserAgent.Memory.cs</c> keeps log and memory, <c>UserAgent.Erasure.cs</c> lets go of them. A user's agent
/// wakes up beside the session that asks for it, so that most of a turn's calls stay on one silo.
/// </remarks>
[GrainType("user"), PreferLocalPlacement]
internal sealed partial class UserAgent(
    [PersistentState(UserAgentState.Name)] IPersistentState<UserAgentState> state,
    IUserLog log,
    IErasureStore erasures,
    UserExport export,
    TenantServing tenant,
    ScoringService scoring,
    PolicyDirectory policies,
    IOptions<DialogueOptions> questions,
    [FromKeyedServices(DomainTime.Key)] TimeProvider time,
    ILogger<UserAgent> logger) : Grain, IUserAgent, IIncomingGrainCallFilter
{
    private OfferPins _pins = new(default);

    private string Tenant => tenant.Name;

    private string UserId => GrainKey.Parse(this.GetPrimaryKeyString()).Id;

    public async Task<Nomination> Nominate(NominationNeed need)
    {
        var now = time.GetUtcNow();
        var current = tenant.Serving.Current;
        var rules = await policies.RequireAsync(Tenant, need.Policy, CancellationToken.None);
        var scores = await ScoreAsync(current);
        var advocacy = new Advocacy(_memory, current.Catalogue, rules, need.Constraints, need.Evidence, questions.Value.AssumedNoise, now);
        // Weighing the whole catalogue takes longer than a grain may hold its thread.
        var (nominees, selected, eligible) = need.Evidence.IsEmpty
            ? advocacy.Nominate(scores.Order, need.SlateSize, need.WindowSize)
            : await Task.Run(() => advocacy.Nominate(advocacy.InOrderOfBelief(scores.Order, scores.Scores), need.SlateSize, need.WindowSize));
        var summary = new UserSummary(
            AudienceSegment.History(_memory), AudienceSegment.LastActive(_memory, now.ToUnixTimeMilliseconds()), AudienceSegment.Of(_memory));
        return new Nomination(nominees, selected.Widenings, eligible, summary);
    }

    public async Task<Offer> Advocate(AdvocacyRequest window)
    {
        await tenant.News.CoverAsync(window.Window, CancellationToken.None);
        var current = tenant.Serving.Current;
        var rules = await policies.RequireAsync(Tenant, window.Policy, CancellationToken.None);
        var scores = await ScoreAsync(current);
        var advocacy = new Advocacy(_memory, current.Catalogue, rules, window.Constraints, window.Evidence, questions.Value.AssumedNoise, time.GetUtcNow());
        var candidates = advocacy.Value(window.Window, window.Asked, scores, window.Seed);
        var offerId = window.IsLook ? "" : _pins.Add(new OfferPin(current, History(), scores.Scores, candidates));
        return new Offer(offerId, _memory.Sequence, current.Version, candidates) { Targets = advocacy.Targets, Unranked = scores.Unranked };
    }

    public async Task<Response> Respond(OfferProposal proposal)
    {
        if (_pins.Find(proposal.OfferId) is not { } pin)
            return new Response(Accepted: false, Stale: true, 0, 0, []);
        var rules = await policies.RequireAsync(Tenant, proposal.Policy, CancellationToken.None);
        return UserStance.Respond(pin.Candidates, proposal.SlateSize, rules.Concession, proposal.Slate, proposal.Round);
    }

    public async Task<RankedOffer> Rank(RankRequest request)
    {
        if (_pins.Find(request.OfferId) is not { } pin)
            throw new InvalidOperationException($"Offer '{request.OfferId}' is stale: advocate anew.");
        var rules = await policies.RequireAsync(Tenant, request.Policy, CancellationToken.None);
        return RankedOffers.User(pin.Candidates, rules.Concession, request.Call);
    }

    public async Task<ImmutableArray<Explanation>?> Explain(ExplanationRequest request)
    {
        if (_pins.Find(request.OfferId) is not { } pin)
            return null;
        var rules = await policies.RequireAsync(Tenant, request.Policy, CancellationToken.None);
        // Explaining is the last thing that a turn asks of its offer.
        _pins.Release(request.OfferId);
        // Long histories take longer than a grain may hold its thread.
        var deeds = OwnDeeds.Of(_memory);
        return await Task.Run(() => Justification.Of(pin, deeds, rules, request));
    }

    public Task LetGo(string offerId)
    {
        _pins.Release(offerId);
        return Task.CompletedTask;
    }

    private ValueTask<RankedScores> ScoreAsync(ServingState current) =>
        scoring.ScoreAsync(this.GetPrimaryKeyString(), new HistoryMark(Born, _historySequence), current, () => new ScoringSubject(History(), [.. _memory.ShownItems]));

    private UserHistory History() => UserHistory.Create(_memory.Positives.Select(entry => (entry.Item, entry.At)));

    private IItemAgent Item(string itemId) => GrainFactory.Find<IItemAgent>(GrainKey.Item(Tenant, itemId));
}
