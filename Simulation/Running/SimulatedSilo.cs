using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Sessions;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Silo;
using AgentRec.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentRec.Simulation;

/// <summary>The production silo in this process, on a store that is never flushed, with a clock that a simulation moves.</summary>
internal sealed class SimulatedSilo : IAsyncDisposable
{
    private const string Tenant = Identifier.DefaultTenant;
    private const string Unrepeatable = "what comes of it could not be repeated. Give the machine more time or less to do.";

    // A loaded machine must not change a result: limits that go by the machine's clock are as long as options allow.
    private static readonly KeyValuePair<string, string?>[] Unhurried =
    [
        new("Planner:BidTimeoutMilliseconds", "10000"),
        new("Planner:AnswerTimeoutMilliseconds", "10000"),
        new("Planner:ProposerTimeoutMilliseconds", "60000"),
        new("Planner:TurnBudgetMilliseconds", "60000"),
        new("Planner:ToolTimeoutMilliseconds", "60000"),
        new("Sessions:TurnTimeoutMilliseconds", "600000"),
        new("Sessions:AbandonedAfterMilliseconds", "600000"),
        new("Silo:ResponseSeconds", "60"),
        new("Silo:IdleMinutes", "1440"),
        new("Silo:WaitingCalls", "100000"),
        new("Models:CheckMilliseconds", "60000"),
    ];

    private readonly IHost _host;
    private readonly IGrainFactory _grains;

    private readonly TrimmedLog _log;

    private SimulatedSilo(IHost host, EmbeddedStore store, TrimmedLog log, SiloPeriods periods)
    {
        (_host, Store, _log, Periods) = (host, store, log, periods);
        _grains = host.Services.GetRequiredService<IGrainFactory>();
    }

    public EmbeddedStore Store { get; }

    public SiloPeriods Periods { get; }

    public ICatalogueGrain Catalogue => _grains.GetGrain<ICatalogueGrain>(GrainKey.Tenant(Tenant));

    public ISessionGrain Session(string id) => _grains.GetGrain<ISessionGrain>(GrainKey.Session(Tenant, id));

    public IUserAgent User(string id) => _grains.GetGrain<IUserAgent>(GrainKey.User(Tenant, id));

    /// <summary>Takes a turn.</summary>
    /// <exception cref="SimulationException">It failed, or something in it was late: what comes of that could not be repeated.</exception>
    public async Task<TurnResult> TakeAsync(ISessionGrain session, string sessionId, TurnRequest request)
    {
        var admission = await session.Begin(request);
        if (admission.Status is not TurnAdmissionStatus.Started)
            throw new SimulationException($"A turn of session {sessionId} was not admitted: {admission.Status} {admission.Detail}");
        var ending = await session.Complete(admission.Turn);
        if (ending?.Result is not { } result || (result.Slate is null && result.Question is null))
            throw new SimulationException($"Turn {admission.Turn} of session {sessionId} failed: {ending?.Failure} {ending?.Detail}");
        if (result.Degraded is [var missed, ..])
            throw new SimulationException($"Turn {admission.Turn} of session {sessionId} went without {missed.Tool} ({missed.Reason}): {Unrepeatable}");
        if (_log.StoodIn is { } late)
            throw new SimulationException($"In session {late} an agent did not answer in time and was stood in for: {Unrepeatable}");
        return result;
    }

    /// <summary>Puts the agents of a session to sleep: nobody will ask them again.</summary>
    public async Task EndSessionAsync(string id)
    {
        await SiloPeriods.RestAsync(_grains.GetGrain<IPlannerAgent>(GrainKey.Session(Tenant, id)));
        await SiloPeriods.RestAsync(Session(id));
    }

    /// <summary>Starts on a store.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="clock">The domain's clock.</param>
    /// <param name="periods">Grain state, as it is at the start.</param>
    /// <param name="settings">Further settings.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SimulatedSilo> StartAsync(
        string folder, VirtualClock clock, SiloPeriods periods, ImmutableSortedDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var store = await EmbeddedStore.OpenUnflushedAsync(folder, clock, cancellationToken);
        IHost? host = null;
        try
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Logging.SetMinimumLevel(LogLevel.None);
            builder.Configuration.AddInMemoryCollection(Unhurried);
            builder.Configuration.AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)));
            builder.Services.AddKeyedSingleton<TimeProvider>(DomainTime.Key, clock);
            builder.AddAgentRecSilo(store, periods);
            var log = new TrimmedLog(store.Log);
            builder.Services.AddSingleton<IUserLog>(log);
            host = builder.Build();
            await host.StartAsync(cancellationToken);
            return new SimulatedSilo(host, store, log, periods);
        }
        catch
        {
            host?.Dispose();
            await store.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        await Store.DisposeAsync();
    }
}
