using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Erasure;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Sessions;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Grains.Items;
using AgentRec.Grains.Policies;
using AgentRec.Grains.Tenants;
using AgentRec.Negotiation.Receipts;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace AgentRec.Grains.Erasure;

/// <inheritdoc cref="IErasureGrain"/>
[GrainType("erasure"), Reentrant]
internal sealed partial class ErasureGrain(
    TenantServing tenant, IErasureStore erasures, ModelCleansing models, SigningKeys keys, ILogger<ErasureGrain> logger) : Grain, IErasureGrain, IDisposable
{
    private readonly SemaphoreSlim _erasing = new(1);

    private string Tenant => tenant.Name;

    public void Dispose() => _erasing.Dispose();

    public async Task<string> Erase(string userId)
    {
        var removal = await EraseAsync(userId);
        var (status, version) = await CleanseAsync();
        var receipt = new ErasureReceipt($"e-{Guid.NewGuid():N}", Tenant, userId, removal.At, Counts(removal), status, version);
        return ErasureReceiptText.Sign(receipt, await keys.SignerAsync(CancellationToken.None));
    }

    public async Task<Verification> Verify(string receipt)
    {
        using var submitted = JsonDocument.Parse(receipt);
        await keys.LearnAsync(null, CancellationToken.None);
        return new Verification(ErasureReceiptText.Verify(submitted.RootElement, keys.Find), []);
    }

    public async Task Resume()
    {
        foreach (var userId in await erasures.ListPendingAsync(Tenant, CancellationToken.None))
        {
            LogResumed();
            await EraseAsync(userId);
        }
        await models.RunAsync(tenant, CancellationToken.None);
    }

    private async Task<UserRemoval> EraseAsync(string userId)
    {
        // One after the other: of two at once for a user, the first to end would take the other's unsettled footprint for its own.
        await _erasing.WaitAsync();
        try
        {
            return await EraseAloneAsync(userId);
        }
        finally
        {
            _erasing.Release();
        }
    }

    /// <summary>First what an interrupted attempt left behind, which the next removal would overwrite; then what is there now.</summary>
    private async Task<UserRemoval> EraseAloneAsync(string userId)
    {
        await SettleAsync(await erasures.FindPendingAsync(Tenant, userId, CancellationToken.None));
        var removal = await GrainFactory.GetGrain<IUserAgent>(GrainKey.User(Tenant, userId)).Erase();
        await SettleAsync(await erasures.FindPendingAsync(Tenant, userId, CancellationToken.None));
        await erasures.CompleteAsync(Tenant, userId, CancellationToken.None);
        return removal;
    }

    /// <summary>Everybody else lets go. It may happen twice: what is subtracted carries the footprint's name, and counts once.</summary>
    private async Task SettleAsync(UserFootprint? footprint)
    {
        if (footprint is null)
            return;
        await Task.WhenAll(footprint.Evidence
            .GroupBy(entry => SiloExposures.ShardOf(entry.ItemId))
            .Select(shard => GrainFactory.GetGrain<IExposureShardGrain>(GrainKey.ExposureShard(Tenant, shard.Key)).Merge(new ExposureDelta(
                footprint.Id, 1, [.. shard.Select(entry => entry with { Counts = default(ExposureCounts) - entry.Counts })]))));
        foreach (var session in footprint.Sessions)
            await GrainFactory.GetGrain<ISessionGrain>(GrainKey.Session(Tenant, session)).Forget();
    }

    private async Task<(string Status, string Version)> CleanseAsync()
    {
        try
        {
            return await models.RunAsync(tenant, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // The user is erased all the same; the watch tries the model again.
            LogModelPending(exception);
            return ("pending", "");
        }
    }

    private static Dictionary<string, long> Counts(UserRemoval removal) => new(StringComparer.Ordinal)
    {
        ["events"] = removal.Events,
        ["interactions"] = removal.Interactions,
        ["sessions"] = removal.Sessions,
        ["turns"] = removal.Turns,
        ["showings"] = removal.Showings,
        ["certificates"] = removal.Certificates,
        ["windows"] = removal.Windows,
        ["evidence"] = removal.Evidence,
    };

    [LoggerMessage(EventName = "ErasureResumed", Level = LogLevel.Information, Message = "An interrupted erasure is resumed")]
    private partial void LogResumed();

    [LoggerMessage(EventName = "ErasureModelPending", Level = LogLevel.Warning, Message = "The active model could not be fitted again without an erased user; it is tried again")]
    private partial void LogModelPending(Exception exception);
}
