using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Models;
using AgentRec.Grains.Items;
using AgentRec.Grains.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;

namespace AgentRec.Silo;

/// <summary>
/// Runs a silo by periods, for simulations. Within a period bids go by the exposure ledger of its start, so that it does not matter
/// in which order turns are taken; at its end everything that was shown is counted and every agent put to sleep, so that the next
/// period begins alike in a silo that runs on and in one that was started anew on the same log.
/// </summary>
/// <remarks>It belongs to one silo at a time, and is the grain storage of that silo.</remarks>
public sealed class SiloPeriods
{
    // Telling takes microseconds; a minute means that a message was lost.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    private readonly PeriodGrainStorage _storage = new();
    private ToldCalls _told = new();
    private IServiceProvider? _services;

    /// <summary>Says since when an item is known, before its agent first wakes up.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="at">The moment, in domain time.</param>
    public void KnowItem(string itemId, DateTimeOffset at) => _storage.Set(
        ItemState.Name, GrainId.Create("item", GrainKey.Item(Identifier.DefaultTenant, itemId)), new ItemState { FirstSeen = at.ToUnixTimeMilliseconds() });

    /// <summary>Ends a period: counts what was shown, publishes the ledger for the next period, and puts all agents to sleep.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">No silo runs, or one of its agents was never told what it should have heard.</exception>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await HearAsync(cancellationToken);
        await Required<ServedTenants>().Of(Identifier.DefaultTenant).Exposures.RefreshAsync(cancellationToken);
        await Required<IGrainFactory>().GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero).WaitAsync(cancellationToken);
    }

    /// <summary>Puts one agent to sleep that will not be needed again.</summary>
    /// <param name="agent">The agent, idle.</param>
    public static async Task RestAsync(IAddressable agent) => await agent.AsReference<Orleans.Core.Internal.IGrainManagementExtension>().DeactivateOnIdle();

    /// <summary>Serves the model that the store holds active.</summary>
    /// <param name="version">Its version.</param>
    /// <exception cref="InvalidOperationException">It cannot be served.</exception>
    public async Task ServeAsync(string version)
    {
        var outcome = await Required<IGrainFactory>().GetGrain<IModelRegistryGrain>(GrainKey.Tenant(Identifier.DefaultTenant)).Activate(version, force: true);
        if (!outcome.IsActive)
            throw new InvalidOperationException($"The model {version} cannot be served: {outcome.Status} {outcome.Reason}");
    }

    /// <summary>Writes grain state, as it is between two periods.</summary>
    /// <param name="file">The file; it is made, or replaced.</param>
    public void Save(string file) => _storage.Save(file);

    /// <summary>Reads grain state, before a silo is started.</summary>
    /// <param name="file">The file.</param>
    public void Load(string file) => _storage.Load(file);

    internal void Configure(ISiloBuilder silo)
    {
        _told = new ToldCalls();
        silo.Services.AddSingleton<IGrainStorage>(_storage);
        silo.AddOutgoingGrainCallFilter(_told);
        silo.AddIncomingGrainCallFilter(_told);
    }

    internal Beginning In(IServiceProvider services)
    {
        _services = services;
        return new Beginning(services.GetRequiredService<ServedTenants>().Of(Identifier.DefaultTenant).Exposures);
    }

    /// <summary>Waits until what item agents were told has arrived: it is told one way.</summary>
    private async Task HearAsync(CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!_told.AllHeard)
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
                throw new InvalidOperationException($"Item agents heard {_told.Heard} of {_told.Sent} messages: one was lost, and the period's counts are not whole.");
            await Task.Delay(Look, cancellationToken);
        }
    }

    private T Required<T>()
        where T : notnull => (_services ?? throw new InvalidOperationException("No silo runs.")).GetRequiredService<T>();

    /// <summary>Reads the ledger as it was kept.</summary>
    internal sealed class Beginning(SiloExposures exposures) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => exposures.RefreshAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
