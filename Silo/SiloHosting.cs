using System.Net;
using System.Net.Sockets;
using AgentRec.Grains;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Erasure;
using AgentRec.Grains.Items;
using AgentRec.Grains.Operations;
using AgentRec.Grains.Planning;
using AgentRec.Grains.Planning.Mixes;
using AgentRec.Grains.Planning.Questions;
using AgentRec.Grains.Planning.Wishes;
using AgentRec.Grains.Policies;
using AgentRec.Grains.Serving;
using AgentRec.Grains.Sessions;
using AgentRec.Grains.Tenants;
using AgentRec.Grains.Tools;
using AgentRec.Grains.Users;
using AgentRec.Inference;
using AgentRec.Silo.Clustering;
using AgentRec.Silo.Models;
using AgentRec.Silo.Telemetry;
using AgentRec.Silo.Tenants;
using AgentRec.Silo.Tools;
using AgentRec.Silo.Vectors;
using AgentRec.Storage;
using AgentRec.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Serialization;

namespace AgentRec.Silo;

/// <summary>Adds a silo to a host.</summary>
public static class SiloHosting
{
    /// <summary>
    /// For the command line of a host with a silo. Settings are read once, at the start; a host that watched its folder for changes of
    /// them would hear of every write to a store that lies in it.
    /// </summary>
    public const string SettingsReadOnce = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>Grain types live under this name in storage: it never changes.</summary>
    private const string ServiceId = "agentrec";
    private const int DirectoryCacheSize = 50_000;

    /// <summary>Adds the agents and everything they need, on a store that the caller opened and closes.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="store">The store.</param>
    /// <param name="periods">Where time is told in periods: keeps grain state and ends them. Null: the store keeps it, and time flows.</param>
    /// <returns>The host, for further calls.</returns>
    public static IHostApplicationBuilder AddAgentRecSilo(this IHostApplicationBuilder builder, Store store, SiloPeriods? periods = null)
    {
        builder.Services.AddValidated<SiloOptions>(SiloOptions.Section);
        builder.Services.AddValidated<MembershipOptions>(MembershipOptions.Section);
        builder.Services.AddValidated<SessionOptions>(SessionOptions.Section);
        builder.Services.AddValidated<PlannerOptions>(PlannerOptions.Section);
        builder.Services.AddValidated<ExposureOptions>(ExposureOptions.Section);
        builder.Services.AddValidated<MixOptions>(MixOptions.Section);
        builder.Services.AddValidated<DialogueOptions>(DialogueOptions.Section);
        builder.Services.AddTools();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddKeyedSingleton(DomainTime.Key, TimeProvider.System);

        // The store is the caller's: it outlives the host, so that what waits to be written is written after the last grain has gone.
        builder.Services.AddSingleton(store.Log);
        builder.Services.AddSingleton(store.Catalogue);
        builder.Services.AddSingleton(store.Policies);
        builder.Services.AddSingleton(store.Certificates);
        builder.Services.AddSingleton(store.AccessKeys);
        builder.Services.AddSingleton(store.Erasures);
        builder.Services.AddSingleton(store.Artifacts);
        builder.Services.AddSingleton(store.ArtifactFiles);
        builder.Services.AddSingleton(store.Tenants);

        builder.Services.AddVectors(builder.Configuration);
        builder.Services.AddRemoteRanking(builder.Configuration);
        builder.Services.AddSingleton(services => new ScoringService(
            services.GetService<IRankingTool>() is { } tool ? new RemoteRanking(tool, services.GetRequiredService<ToolPipelines>()) : null,
            services.GetRequiredService<IOptions<SiloOptions>>().Value.KeptScores));
        builder.Services.AddModels();
        builder.Services.AddTenants();
        builder.Services.AddSingleton(services => store.Membership is null
            ? PolicyLease.Alone
            : new PolicyLease(TimeSpan.FromMilliseconds(services.GetRequiredService<IOptions<SiloOptions>>().Value.PolicyLeaseMilliseconds)));
        builder.Services.AddSingleton<PolicyDirectory>();
        builder.Services.AddLanguageAdvice(builder.Configuration);
        builder.Services.AddSingleton<RecentTurns>();
        builder.Services.AddSingleton<WishSearch>();
        builder.Services.AddSingleton<UserExport>();
        builder.Services.AddSingleton<ModelCleansing>();
        builder.Services.AddSingleton<EvidenceGathering>();
        builder.Services.AddSingleton<Inquirer>();
        builder.Services.AddSingleton<SlateProposers>();
        builder.Services.AddSingleton<SigningKeys>();
        builder.Services.AddSingleton<StandingBids>();
        builder.Services.AddSingleton<SiloProbes>();
        builder.Services.AddSingleton<SiloStartup>();
        builder.Services.AddSingleton(services => new SiloReadiness(services.GetRequiredService<SiloStartup>(), services.GetRequiredService<TenantReadiness>()));
        // Before the silo itself: what its first calls need is loaded when it becomes active.
        builder.Services.AddHostedService(services => services.GetRequiredService<SiloStartup>());

        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<WindowPruning>(services, store));
        if (store.Membership is not null)
            builder.Services.AddHostedService<CatalogueWatch>();

        builder.UseOrleans(silo => Configure(silo, store, periods, Read<SiloOptions>(builder, SiloOptions.Section), Read<MembershipOptions>(builder, MembershipOptions.Section)));
        // After the silo itself: it talks to grains, from when the silo is active until before it stops.
        if (periods is null)
            builder.Services.AddHostedService<ExposureFlushing>().AddHostedService<ErasureWatch>();
        else
            builder.Services.AddHostedService(periods.In);
        if (DashboardSwitch.IsOn(builder.Configuration))
            builder.UseOrleans(static silo => silo.AddDashboard(static dashboard => dashboard.HideTrace = true));
        if (OtlpExport.IsOn(builder.Configuration))
        {
            builder.Services.AddHostedService<SiloGauges>();
            builder.UseOrleans(static silo => silo.AddActivityPropagation());
        }
        return builder;
    }

    private static void Configure(ISiloBuilder silo, Store store, SiloPeriods? periods, SiloOptions options, MembershipOptions cluster)
    {
        if (store.Membership is { } membership)
            silo.UseStoreMembership(store.Invariant, membership, Port(options.SiloPort), Port(options.ClientPort), ServiceId, cluster);
        else
            silo.UseLocalhostClustering(Port(options.SiloPort), Port(options.ClientPort), serviceId: ServiceId, clusterId: ServiceId);
        if (periods is not null)
        {
            periods.Configure(silo);
        }
        else
        {
            silo.AddAdoNetGrainStorageAsDefault(storage =>
            {
                storage.Invariant = store.Invariant;
                storage.DataSource = store.Snapshots;
                storage.GrainStorageSerializer = new SnapshotSerializer();
                // Not even the key of who was erased is kept.
                storage.DeleteStateOnClear = true;
            });
        }
        silo.Services.Replace(ServiceDescriptor.Singleton<IPersistentStateFactory, StoredStateFactory>());
        silo.Configure<GrainCollectionOptions>(collection =>
        {
            collection.CollectionAge = TimeSpan.FromMinutes(options.IdleMinutes);
            // Idle agents go to sleep early when memory runs short: the log has all that they know.
            collection.EnableActivationSheddingOnMemoryPressure = true;
        });
        // By default a million, whose table alone is 18 MB: agents that talk to each other mostly share a silo.
        silo.Configure<GrainDirectoryOptions>(static directory => directory.CacheSize = DirectoryCacheSize);
        // What the database says travels with the faults that it causes.
        silo.Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedNamespacePrefixes.Add("Npgsql"));
        silo.Configure<SiloMessagingOptions>(messaging =>
        {
            messaging.CancelRequestOnTimeout = true;
            messaging.ResponseTimeout = TimeSpan.FromSeconds(options.ResponseSeconds);
            messaging.MaxEnqueuedRequestsHardLimit = options.WaitingCalls;
        });
        silo.Configure<ClientMessagingOptions>(messaging => messaging.CancelRequestOnTimeout = true);
    }

    private static T Read<T>(IHostApplicationBuilder builder, string section)
        where T : new() => builder.Configuration.GetSection(section).Get<T>() ?? new T();

    /// <summary>A port on loopback; a free one for 0.</summary>
    private static int Port(int port)
    {
        if (port != 0)
            return port;
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static void AddValidated<T>(this IServiceCollection services, string section)
        where T : class =>
        services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
}
