using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Negotiation.ItemAgency;

namespace AgentRec.Negotiation.Protocol;

/// <summary>All parties as pure functions in one process: what evaluation, simulation and tests negotiate with.</summary>
/// <param name="table">What lies on the table.</param>
/// <param name="evidence">What the item agent behind a handle knows of itself; null: nobody bids.</param>
public sealed class LocalParties(NegotiationTable table, Func<int, ItemEvidence>? evidence) : IParties
{
    private readonly PolicyReview _policy = new(table.Rules, table.Window.Candidates, table.Facets);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Bid>> BidAsync(BidCall call, CancellationToken cancellationToken) => ValueTask.FromResult(
        evidence is null ? ImmutableArray<Bid>.Empty : [.. call.Invited.Select(handle => ItemBidding.Bid(handle, evidence(handle), call.Beta))]);

    /// <inheritdoc/>
    public ValueTask<Review> ReviewAsync(ImmutableArray<int> slate, ImmutableArray<RelaxedRule> relaxed, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_policy.Review(slate, relaxed));

    /// <inheritdoc/>
    public ValueTask<Response> RespondAsync(ImmutableArray<int> slate, int round, CancellationToken cancellationToken) =>
        ValueTask.FromResult(UserStance.Respond(table.Window.Candidates, table.SlateSize, table.Rules.Concession, slate, round));

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<RankedOffer>> OfferAsync(OfferCall call, CancellationToken cancellationToken) => ValueTask.FromResult<ImmutableArray<RankedOffer>>(
    [
        RankedOffers.User(table.Window.Candidates, table.Rules.Concession, call),
        RankedOffers.Policy(table.Rules, table.Window.Candidates, table.Facets, call),
    ]);

    /// <inheritdoc/>
    public ImmutableArray<string> Absent => [];
}
