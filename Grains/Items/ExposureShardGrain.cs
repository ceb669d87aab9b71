using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Negotiation.ItemAgency;
using Microsoft.Extensions.Logging;

namespace AgentRec.Grains.Items;

/// <inheritdoc cref="IExposureShardGrain"/>
[GrainType("exposure-shard")]
internal sealed partial class ExposureShardGrain(
    [PersistentState(ExposureShardState.Name)] IPersistentState<ExposureShardState> state, ILogger<ExposureShardGrain> logger) : Grain, IExposureShardGrain
{
    private static readonly TimeSpan FlushPeriod = TimeSpan.FromSeconds(10);

    // When each item last changed, by the shard's version; what was restored has not changed since.
    private readonly Dictionary<string, long> _changed = new(StringComparer.Ordinal);
    private ExposureLedger _ledger = ExposureLedger.Empty;
    private IGrainTimer? _flush;

    private string Activation => GrainContext.ActivationId.ToString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _ledger = state.State.Restore();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_flush is not null)
            await FlushAsync();
    }

    public Task Merge(ExposureDelta delta)
    {
        var merged = _ledger.Merge(delta);
        if (ReferenceEquals(merged, _ledger))
            return Task.CompletedTask;
        _ledger = merged;
        foreach (var entry in delta.Entries)
            _changed[entry.ItemId] = merged.Snapshot.Version;
        _flush ??= this.RegisterGrainTimer(FlushAsync, new GrainTimerCreationOptions(FlushPeriod, Timeout.InfiniteTimeSpan) { KeepAlive = false });
        return Task.CompletedTask;
    }

    public Task<ShardReading> Read(string activation, long after)
    {
        var snapshot = _ledger.Snapshot;
        var isWhole = !string.Equals(activation, Activation, StringComparison.Ordinal);
        return Task.FromResult(new ShardReading(
            Activation, snapshot.Version, isWhole,
            isWhole
                ? [.. snapshot.Entries]
                : [.. _changed.Where(item => item.Value > after).Select(item => item.Key).Order(StringComparer.Ordinal).SelectMany(snapshot.EntriesOf)]));
    }

    public Task<ExposureCounts> Count(string itemId) => Task.FromResult(_ledger.Snapshot.Of(itemId).Overall);

    private async Task FlushAsync()
    {
        _flush?.Dispose();
        _flush = null;
        try
        {
            state.State.Take(_ledger);
            await state.WriteStateAsync();
        }
        catch (Exception exception)
        {
            // Another activation may have written: the next one reads what is stored, marks of writers included.
            LogFlushFailed(exception);
            DeactivateOnIdle();
        }
    }
}
