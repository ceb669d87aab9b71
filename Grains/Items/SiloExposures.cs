using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Negotiation.ItemAgency;

namespace AgentRec.Grains.Items;

/// <summary>
/// A silo's view of a tenant's exposure ledger. Item agents count into it; every few seconds it hands the counts to the shards and reads
/// back what all silos counted. Bids read the snapshot that it published last, or the one before.
/// </summary>
internal sealed class SiloExposures : IDisposable
{
    /// <summary>The number of shards. It never changes: an item's counts stay where they are.</summary>
    public const int Shards = 32;

    private readonly string _tenant;
    private readonly IGrainFactory _grains;
    private readonly Shard[] _shards;
    private volatile Published _published = new(ExposureSnapshot.Empty, null);
    private long _logged;

    /// <summary>A silo's view, empty until it is refreshed.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="grains">Finds the shards.</param>
    public SiloExposures(string tenant, IGrainFactory grains)
    {
        (_tenant, _grains) = (tenant, grains);
        // A process that starts anew is another writer: its sequences begin at 1 again.
        var writer = $"{Guid.NewGuid():N}";
        _shards = [.. Enumerable.Range(0, Shards).Select(_ => new Shard(new ExposureOutbox(writer)))];
    }

    /// <summary>What was published last.</summary>
    public ExposureSnapshot Current => _published.Current;

    /// <summary>The shard that an item's counts are kept in.</summary>
    /// <param name="itemId">The item.</param>
    public static int ShardOf(string itemId) => (int)(StableHash.Of(0, itemId) % Shards);

    /// <summary>Starts from the number of showings that the log knows: the average holds until shards know as many.</summary>
    /// <param name="exposures">Showings in the log.</param>
    public void Restore(long exposures)
    {
        _logged = exposures;
        _published = new Published(ExposureSnapshot.Empty with { Totals = new ExposureCounts(exposures, 0, 0) }, null);
    }

    /// <summary>A snapshot by version: the last or the one before; null when it is not here any more, or not yet.</summary>
    /// <param name="version">The version.</param>
    public ExposureSnapshot? Find(long version)
    {
        var (current, previous) = _published;
        return current.Version == version ? current : previous?.Version == version ? previous : null;
    }

    /// <summary>Counts.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="segment">The audience segment.</param>
    /// <param name="counts">What is added.</param>
    public void Count(string itemId, int segment, ExposureCounts counts) => _shards[ShardOf(itemId)].Outbox.Count(itemId, segment, counts);

    /// <summary>What is counted of an item now, what this silo has not handed over yet included.</summary>
    /// <param name="itemId">The item.</param>
    public async Task<ExposureCounts> CountsAsync(string itemId)
    {
        var shard = ShardOf(itemId);
        await HandOverAsync(shard, CancellationToken.None);
        return await Grain(shard).Count(itemId);
    }

    /// <summary>Hands over what was counted, reads what all silos counted, and publishes it.</summary>
    /// <param name="cancellationToken">Gives up; what was not handed over stays for the next time.</param>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var readings = await Task.WhenAll(Enumerable.Range(0, Shards).Select(async shard =>
        {
            await HandOverAsync(shard, cancellationToken);
            return await Grain(shard).Read(_shards[shard].Activation, _shards[shard].Version).WaitAsync(cancellationToken);
        }));
        Publish(readings);
    }

    public void Dispose()
    {
        foreach (var shard in _shards)
            shard.Sending.Dispose();
    }

    /// <summary>One delta after the other: the next is made when the last was acknowledged, and a failed one is sent again.</summary>
    private async Task HandOverAsync(int number, CancellationToken cancellationToken)
    {
        var shard = _shards[number];
        await shard.Sending.WaitAsync(cancellationToken);
        try
        {
            while (shard.Outbox.Next() is { } delta)
            {
                await Grain(number).Merge(delta).WaitAsync(cancellationToken);
                shard.Outbox.Acknowledge(delta);
            }
        }
        finally
        {
            shard.Sending.Release();
        }
    }

    private void Publish(ShardReading[] readings)
    {
        if (readings.All(reading => reading is { IsWhole: false, Entries.IsEmpty: true }))
            return;
        var snapshot = _published.Current;
        foreach (var (number, reading) in readings.Index())
        {
            var stale = reading.IsWhole
                ? snapshot.Items.Keys.Where(itemId => ShardOf(itemId) == number)
                : reading.Entries.Select(entry => entry.ItemId).Distinct(StringComparer.Ordinal);
            snapshot = snapshot.Without([.. stale]).Add(reading.Entries, snapshot.Version);
            (_shards[number].Activation, _shards[number].Version) = (reading.Activation, reading.Version);
        }
        var counted = snapshot.Items.Values.Aggregate(default(ExposureCounts), (all, item) => all + item.Overall);
        _published = new Published(
            snapshot with { Version = readings.Sum(reading => reading.Version), Totals = counted with { Exposures = Math.Max(_logged, counted.Exposures) } },
            _published.Current);
    }

    private IExposureShardGrain Grain(int shard) => _grains.GetGrain<IExposureShardGrain>(GrainKey.ExposureShard(_tenant, shard));

    private sealed record Published(ExposureSnapshot Current, ExposureSnapshot? Previous);

    /// <summary>What is waiting for a shard, and how far it was read.</summary>
    private sealed class Shard(ExposureOutbox outbox)
    {
        public ExposureOutbox Outbox { get; } = outbox;

        public SemaphoreSlim Sending { get; } = new(1);

        public string Activation { get; set; } = "";

        public long Version { get; set; }
    }
}
