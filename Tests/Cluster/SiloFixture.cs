using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Grains;
using AgentRec.Grains.Abstractions.Erasure;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Models;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Policies;
using AgentRec.Grains.Abstractions.Sessions;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Grains.Items;
using AgentRec.Grains.Planning;
using AgentRec.Grains.Serving;
using AgentRec.Grains.Tenants;
using AgentRec.Grains.Vectors;
using AgentRec.Recommenders;
using AgentRec.Silo;
using AgentRec.Storage;
using AgentRec.Tests.Unit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AgentRec.Tests.Cluster;

/// <summary>
/// One real silo on a store of its own: the real wiring, serialization and SQLite, with a domain clock that tests move and a
/// gate before the calls.
/// </summary>
public sealed class SiloFixture : IAsyncLifetime
{
    private const string Tenant = Identifier.DefaultTenant;

    private readonly TempFolder _folder = new();
    private IHost? _host;

    public EmbeddedStore Store { get; private set; } = null!;

    internal CallGate Gate { get; } = new();

    internal SearchGate SearchGate { get; } = new();

    /// <summary>Settings beyond those of every test; they count from the next start.</summary>
    internal Dictionary<string, string?> Settings { get; } = new(StringComparer.Ordinal);

    internal IServiceProvider Services => _host!.Services;

    internal IItemSearch Search => _host!.Services.GetRequiredService<IItemSearch>();

    /// <summary>True when everything that is served is on the external vector index.</summary>
    internal bool IsOnExternalIndex => _host!.Services.GetRequiredService<VectorRoute>().IsComplete(Serving.Current);

    internal ServedTenants Tenants => _host!.Services.GetRequiredService<ServedTenants>();

    internal ServingHost Serving => Tenants.Of(Tenant).Serving;

    internal SiloReadiness Readiness => _host!.Services.GetRequiredService<SiloReadiness>();

    /// <summary>Hears of everything that is logged, our own at every level; the caller's. Null: nothing is logged.</summary>
    internal ILoggerProvider? Logs { get; set; }

    /// <summary>Changes the store's folder before the first start.</summary>
    internal Func<string, Task> Prepare { get; set; } = static _ => Task.CompletedTask;

    internal Catalogue Catalogue => Serving.Current.Catalogue;

    /// <summary>The domain's clock. It only moves when a test moves it.</summary>
    internal FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2025, 6, 1, 12, 0, 0, TimeSpan.Zero));

    internal SiloExposures Exposures => Tenants.Of(Tenant).Exposures;

    /// <summary>Publishes a ledger that is not the last one: no bid stands any more.</summary>
    internal async Task PublishLedgerAsync()
    {
        Exposures.Count(Catalogue.Items[1_500].ItemId, 0, ExposureCounts.Shown);
        await Exposures.RefreshAsync(CancellationToken.None);
    }

    internal PlannerOptions Planner => _host!.Services.GetRequiredService<IOptions<PlannerOptions>>().Value;

    /// <summary>Other planner options until the answer is disposed of.</summary>
    internal IDisposable Patience(Action<PlannerOptions> change)
    {
        var (bids, answers, proposers) = (Planner.BidTimeoutMilliseconds, Planner.AnswerTimeoutMilliseconds, Planner.ProposerTimeoutMilliseconds);
        change(Planner);
        return new Restoring(() => (Planner.BidTimeoutMilliseconds, Planner.AnswerTimeoutMilliseconds, Planner.ProposerTimeoutMilliseconds) = (bids, answers, proposers));
    }

    private IGrainFactory Grains => _host!.Services.GetRequiredService<IGrainFactory>();

    public async Task InitializeAsync()
    {
        await SampleStore.CopyAsync(Path.Combine(_folder.Path, "store"));
        await Prepare(Path.Combine(_folder.Path, "store"));
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    /// <summary>Stops the silo and starts another one on the same store.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    internal ISessionGrain Session(string id) => Grains.GetGrain<ISessionGrain>(GrainKey.Session(Tenant, id));

    internal IUserAgent User(string id) => Grains.GetGrain<IUserAgent>(GrainKey.User(Tenant, id));

    internal IMemoryNarrator Narrator => Grains.GetGrain<IMemoryNarrator>(GrainKey.Tenant(Tenant));

    internal IItemAgent Item(string id) => Grains.GetGrain<IItemAgent>(GrainKey.Item(Tenant, id));

    internal IExposureShardGrain Shard(string itemId) => Grains.GetGrain<IExposureShardGrain>(GrainKey.ExposureShard(Tenant, SiloExposures.ShardOf(itemId)));

    internal IPolicyAgent Policy(string name = "default") => Grains.GetGrain<IPolicyAgent>(GrainKey.Policy(Tenant, name));

    internal IPolicyRegistryGrain Policies => Grains.GetGrain<IPolicyRegistryGrain>(GrainKey.Tenant(Tenant));

    internal IModelRegistryGrain Models => Grains.GetGrain<IModelRegistryGrain>(GrainKey.Tenant(Tenant));

    internal IErasureGrain Erasure => Grains.GetGrain<IErasureGrain>(GrainKey.Tenant(Tenant));

    internal string StoreFolder => Path.Combine(_folder.Path, "store");

    internal string SnapshotFile => Path.Combine(StoreFolder, "snapshots.db");

    internal ICatalogueGrain CatalogueGrain => Grains.GetGrain<ICatalogueGrain>(GrainKey.Tenant(Tenant));

    /// <summary>Opens a session.</summary>
    internal async Task<ISessionGrain> OpenAsync(string sessionId, string userId, ulong? seed = null)
    {
        var session = Session(sessionId);
        Assert.True(await session.Open(new SessionOpening(userId, seed, ImmutableSortedDictionary<string, string>.Empty)));
        return session;
    }

    /// <summary>Takes a turn that must end in a slate.</summary>
    internal async Task<TurnResult> TurnAsync(ISessionGrain session, TurnRequest? request = null)
    {
        var ending = await EndAsync(session, request);
        Assert.True(ending.Result is not null, $"the turn failed: {ending.Failure}: {ending.Detail}");
        return ending.Result;
    }

    /// <summary>Takes a turn to its end.</summary>
    internal async Task<TurnEnding> EndAsync(ISessionGrain session, TurnRequest? request = null)
    {
        var admission = await session.Begin(request ?? TurnRequest.Empty);
        Assert.True(admission.Status is TurnAdmissionStatus.Started, $"not admitted: {admission.Status} {admission.Detail}");
        return (await session.Complete(admission.Turn))!;
    }

    /// <summary>Reads a user's whole log.</summary>
    internal async Task<IReadOnlyList<LoggedEvent>> LogAsync(string userId) => await Store.Log.ReadAsync(Tenant, userId, 0, int.MaxValue, default);

    /// <summary>All events of a turn behind a number.</summary>
    internal static async Task<List<TurnEvent>> EventsAsync(ISessionGrain session, int turn, int after = 0)
    {
        var events = new List<TurnEvent>();
        await foreach (var one in session.Events(turn, after))
            events.Add(one);
        return events;
    }

    /// <summary>Asks until the answer is the expected one: for what is told one way, within a minute.</summary>
    internal static async Task ComesToAsync<T>(T expected, Func<Task<T>> ask)
    {
        var (answer, started) = (await ask(), Stopwatch.GetTimestamp());
        while (!EqualityComparer<T>.Default.Equals(expected, answer) && Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1))
        {
            // Whoever is waited for needs the processor too.
            await Task.Delay(5);
            answer = await ask();
        }
        Assert.Equal(expected, answer);
    }

    /// <summary>Verifies a turn's certificate together with its window.</summary>
    internal async Task<JsonElement> VerifiedAsync(TurnResult turn)
    {
        var certificate = await Policy().FindCertificate(turn.CertificateId!);
        Assert.NotNull(certificate);
        var verification = await Policy().Verify(certificate, await Policy().FindWindow(turn.CertificateId!));
        Assert.True(verification.IsValid, string.Join("; ", verification.Findings.Select(finding => $"{finding.Code} {finding.Path}: {finding.Message}")));
        using var document = JsonDocument.Parse(certificate);
        return document.RootElement.Clone();
    }

    internal async Task StartAsync()
    {
        Store = await EmbeddedStore.OpenAsync(Path.Combine(_folder.Path, "store"), Clock, default);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        if (Logs is { } logs)
            builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("AgentRec", LogLevel.Trace).AddFilter("System", LogLevel.Trace).AddProvider(logs);
        // A machine under load is no test of time limits.
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Planner:BidTimeoutMilliseconds"] = "10000",
            ["Planner:TurnBudgetMilliseconds"] = "30000",
            ["Planner:ToolTimeoutMilliseconds"] = "30000",
            ["Planner:AnswerTimeoutMilliseconds"] = "10000",
            ["Planner:ProposerTimeoutMilliseconds"] = "30000",
            ["Silo:ResponseSeconds"] = "30",
            ["Sessions:TurnTimeoutMilliseconds"] = "60000",
            ["Sessions:AbandonedAfterMilliseconds"] = "60000",
            // Bids go by what a test has had published, not by when a timer ticks.
            ["Exposures:FlushMilliseconds"] = "3600000",
        });
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Services.AddKeyedSingleton<TimeProvider>(DomainTime.Key, Clock);
        builder.Services.AddSingleton<IIncomingGrainCallFilter>(Gate);
        foreach (var proposer in FaultyProposers.All)
            builder.Services.AddSingleton(proposer);
        builder.AddAgentRecSilo(Store);
        builder.Services.AddSingleton(services => SearchGate.Guard(ActivatorUtilities.CreateInstance<VectorItemSearch>(services)));
        _host = builder.Build();
        await _host.StartAsync();
    }

    internal async Task StopAsync()
    {
        await _host!.StopAsync();
        _host.Dispose();
        await Store.DisposeAsync();
    }

    private sealed class Restoring(Action restore) : IDisposable
    {
        public void Dispose() => restore();
    }
}

/// <summary>Tests that share one silo. They run one after the other: the gate and the clock are the silo's, not a test's.</summary>
[CollectionDefinition(Name)]
public sealed class SiloCollection : ICollectionFixture<SiloFixture>
{
    public const string Name = "silo";
}
