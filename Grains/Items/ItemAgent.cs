using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Tenants;
using AgentRec.Negotiation.ItemAgency;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentRec.Grains.Items;

/// <inheritdoc cref="IItemAgent"/>
[GrainType("item")]
internal sealed partial class ItemAgent(
    [PersistentState(ItemState.Name)] IPersistentState<ItemState> state,
    TenantServing tenant,
    [FromKeyedServices(DomainTime.Key)] TimeProvider time,
    ILogger<ItemAgent> logger) : Grain, IItemAgent
{
    private bool _isShown;

    private string ItemId => GrainKey.Parse(this.GetPrimaryKeyString()).Id;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (state.State.FirstSeen == 0)
            state.State.FirstSeen = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (!state.State.HasCounts)
            return;
        // Counts that an item agent once kept itself move to the ledger. They are struck out first: never counted twice.
        var kept = state.State.TakeCounts();
        await state.WriteStateAsync(cancellationToken);
        foreach (var (segment, counts) in kept)
            tenant.Exposures.Count(ItemId, segment, counts);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // Since when an item is known is kept once it was shown: the many that never are leave no row.
        if (!_isShown || state.RecordExists)
            return;
        try
        {
            await state.WriteStateAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            LogAgeNotKept(exception);
        }
    }

    public ValueTask<Bid> Bid(BidInvitation call)
    {
        if (tenant.Exposures.Find(call.LedgerVersion) is not { } snapshot)
            return ValueTask.FromResult(ItemBidding.WithoutLedger(call.Handle));
        var age = (time.GetUtcNow().ToUnixTimeMilliseconds() - state.State.FirstSeen) / TimeSpan.FromDays(1).TotalMilliseconds;
        return ValueTask.FromResult(ItemBidding.Bid(call.Handle, snapshot.Evidence(ItemId, call.Segment, age, tenant.Serving.Current.Catalogue.Count), call.Beta));
    }

    public Task Shown(int segment)
    {
        _isShown = true;
        tenant.Exposures.Count(ItemId, segment, ExposureCounts.Shown);
        return Task.CompletedTask;
    }

    public Task Received(int segment, bool positive)
    {
        tenant.Exposures.Count(ItemId, segment, positive ? ExposureCounts.Received : ExposureCounts.Rejected);
        return Task.CompletedTask;
    }

    public async Task<ItemStanding?> Describe()
    {
        // Another silo may know of it what this one has yet to hear.
        if (!tenant.Serving.Current.Catalogue.TryHandle(ItemId, out _))
            await tenant.News.CatchUpAsync(CancellationToken.None);
        var catalogue = tenant.Serving.Current.Catalogue;
        if (!catalogue.TryHandle(ItemId, out var handle))
            return null;
        var counts = await tenant.Exposures.CountsAsync(ItemId);
        return new ItemStanding(catalogue.Item(handle), catalogue.Stratum(handle), counts.Exposures, counts.Receptions, counts.Rejections);
    }
}
