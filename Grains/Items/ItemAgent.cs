using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Serving;
using AgentRec.Negotiation.ItemAgency;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentRec.Grains.Items;

/// <inheritdoc cref="IItemAgent"/>
[GrainType("item")]
internal sealed partial class ItemAgent(
    [PersistentState(ItemState.Name)] IPersistentState<ItemState> state,
    ServingHost serving,
    ExposureLedger ledger,
    [FromKeyedServices(DomainTime.Key)] TimeProvider time,
    ILogger<ItemAgent> logger) : Grain, IItemAgent
{
    private static readonly TimeSpan FlushPeriod = TimeSpan.FromSeconds(30);

    private IGrainTimer? _flush;
    private long _exposures;
    private long _receptions;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (state.State.FirstSeen == 0)
            state.State.FirstSeen = time.GetUtcNow().ToUnixTimeMilliseconds();
        _exposures = state.State.Exposures.Values.Sum();
        _receptions = state.State.Receptions.Values.Sum();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_flush is not null)
            await FlushAsync();
    }

    public ValueTask<Bid> Bid(BidInvitation call)
    {
        var age = (time.GetUtcNow().ToUnixTimeMilliseconds() - state.State.FirstSeen) / TimeSpan.FromDays(1).TotalMilliseconds;
        var evidence = new ItemEvidence(_exposures, _receptions, age, ledger.MeanExposures(serving.Current.Catalogue.Count), ledger.MeanReception());
        return ValueTask.FromResult(ItemBidding.Bid(call.Handle, evidence, call.Beta));
    }

    public Task Shown(int segment)
    {
        _exposures++;
        ledger.CountExposure();
        return Count(state.State.Exposures, segment);
    }

    public Task Received(int segment, bool positive)
    {
        if (!positive)
            return Count(state.State.Rejections, segment);
        _receptions++;
        ledger.CountReception();
        return Count(state.State.Receptions, segment);
    }

    public Task<ItemStanding?> Describe()
    {
        var catalogue = serving.Current.Catalogue;
        var itemId = GrainKey.Parse(this.GetPrimaryKeyString()).Id;
        return Task.FromResult(catalogue.TryHandle(itemId, out var handle)
            ? new ItemStanding(catalogue.Item(handle), catalogue.Stratum(handle), _exposures, _receptions, state.State.Rejections.Values.Sum())
            : null);
    }

    private Task Count(SortedDictionary<int, long> counts, int segment)
    {
        counts[segment] = counts.GetValueOrDefault(segment) + 1;
        _flush ??= this.RegisterGrainTimer(FlushAsync, new GrainTimerCreationOptions(FlushPeriod, Timeout.InfiniteTimeSpan) { KeepAlive = false });
        return Task.CompletedTask;
    }

    private async Task FlushAsync()
    {
        _flush?.Dispose();
        _flush = null;
        try
        {
            await state.WriteStateAsync();
        }
        catch (Exception exception)
        {
            // After a failed write the state in memory is suspect: the next activation reads what is stored.
            LogFlushFailed(exception);
            DeactivateOnIdle();
        }
    }
}
