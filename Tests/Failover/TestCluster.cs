using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Gateway.Clustering;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Sessions;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Import.Sample;
using AgentRec.Storage;
using AgentRec.Tests.Cluster;
using AgentRec.Tests.EndToEnd;
using AgentRec.Tests.PostgreSql;
using AgentRec.Tests.Unit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AgentRec.Tests.Failover;

/// <summary>A PostgreSQL server, silos and gateways as processes, with the bundled sample in the database.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly TempFolder _models = new();
    private readonly IReadOnlyDictionary<string, string> _environment;
    private int _parts;

    private TestCluster(PostgreSqlServer database, string connectionString, IReadOnlyDictionary<string, string> environment) =>
        (Database, ConnectionString, _environment) = (database, connectionString, environment);

    /// <summary>The database server, for this cluster alone.</summary>
    public PostgreSqlServer Database { get; }

    /// <summary>The connection string of the database that all parts share.</summary>
    public string ConnectionString { get; }

    /// <summary>The silos that were ever started.</summary>
    public List<ClusterPart> Silos { get; } = [];

    /// <summary>The gateways that were ever started.</summary>
    public List<ClusterPart> Gateways { get; } = [];

    /// <summary>The folder of the checkout whose build is started from now on.</summary>
    public string Build { get; set; } = Repository.Root;

    /// <summary>Starts a cluster and waits until it is ready.</summary>
    /// <param name="silos">How many silos.</param>
    /// <param name="gateways">How many gateways.</param>
    /// <param name="environment">What all parts find in their environment beside what they need.</param>
    /// <param name="build">The folder of the checkout whose build is started; null: this one's.</param>
    public static async Task<TestCluster> StartAsync(int silos, int gateways, IReadOnlyDictionary<string, string>? environment = null, string? build = null)
    {
        var database = await PostgreSqlServer.StartAsync();
        var cluster = new TestCluster(database, await database.CreateDatabaseAsync(), environment ?? new Dictionary<string, string>(StringComparer.Ordinal)) { Build = build ?? Repository.Root };
        try
        {
            await cluster.FillAsync();
            await cluster.AddAsync(silos, gateways);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts silos and gateways beside those there are, and waits until all are ready.</summary>
    /// <param name="silos">How many silos.</param>
    /// <param name="gateways">How many gateways.</param>
    public async Task AddAsync(int silos, int gateways)
    {
        var started = new List<ClusterPart>();
        for (var i = 0; i < silos; i++)
            started.Add(Keep(Silos, ClusterPart.StartSilo($"silo-{++_parts}", ConnectionString, _models.Path, _environment, Build)));
        await Task.WhenAll(started.Select(part => part.ReadyAsync()));
        started.Clear();
        for (var i = 0; i < gateways; i++)
            started.Add(Keep(Gateways, ClusterPart.StartGateway($"gateway-{++_parts}", ConnectionString, _environment, Build)));
        await Task.WhenAll(started.Select(part => part.ReadyAsync()));
    }

    /// <summary>Starts one more silo and waits until it is ready.</summary>
    /// <param name="name">Its name.</param>
    public Task AddSiloAsync(string name) =>
        Keep(Silos, ClusterPart.StartSilo(name, ConnectionString, _models.Path, _environment, Build)).ReadyAsync();

    /// <summary>Says on which silo agents live, as the cluster itself does.</summary>
    /// <param name="agents">The keys of sessions and of their users.</param>
    /// <returns>By session, the silos that it and its user's agent live on.</returns>
    public async Task<Dictionary<string, ClusterPart[]>> WhereAsync(IEnumerable<(string Session, string User)> agents)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Store:ConnectionString", (string?)ConnectionString)]);
        builder.AddClusterClient();
        using var client = builder.Build();
        await client.StartAsync();
        var grains = client.Services.GetRequiredService<IGrainFactory>();
        var management = grains.GetGrain<IManagementGrain>(0);
        var where = new Dictionary<string, ClusterPart[]>(StringComparer.Ordinal);
        foreach (var (session, user) in agents)
        {
            where[session] =
            [
                await OfAsync(grains.GetGrain<ISessionGrain>(GrainKey.Session(Identifier.DefaultTenant, session))),
                await OfAsync(grains.GetGrain<IUserAgent>(GrainKey.User(Identifier.DefaultTenant, user))),
            ];
        }
        await client.StopAsync();
        return where;

        async Task<ClusterPart> OfAsync(IAddressable agent)
        {
            var address = await management.GetActivationAddress(agent);
            Assert.NotNull(address);
            return Silos.Single(silo => silo.SiloPort == address.Endpoint.Port);
        }
    }

    /// <summary>Opens the store beside the silos, to read what is in it.</summary>
    public async Task<Store> OpenStoreAsync() =>
        await PostgreSqlStore.OpenAsync(PostgreSqlServer.Options(ConnectionString, _models.Path), TimeProvider.System, default);

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Silos.Concat(Gateways))
            await part.DisposeAsync();
        await Database.DisposeAsync();
        _models.Dispose();
    }

    private static ClusterPart Keep(List<ClusterPart> parts, ClusterPart part)
    {
        parts.Add(part);
        return part;
    }

    private async Task FillAsync()
    {
        if (Build != Repository.Root)
        {
            await FillByCommandAsync();
            return;
        }
        await using var store = await OpenStoreAsync();
        await SampleStore.FillAsync(store);
    }

    /// <summary>Lets the other build make the tables, import the sample and train on it: by its own command, as its operator did.</summary>
    private async Task FillByCommandAsync()
    {
        using var data = new TempFolder();
        data.Write("items.jsonl", Lines(SampleWorld.Films()));
        data.Write("interactions.jsonl", Lines(SampleWorld.Ratings(SampleWorld.DefaultSeed)));
        await RunAsync("import", "--data", data.Path, "--store", "postgresql");
        await RunAsync("train", "--store", "postgresql", "--models", "content,popularity,trending,itemknn,sequence");

        static string Lines<T>(IEnumerable<T> rows) => string.Concat(rows.Select(static row => JsonSerializer.Serialize(row, DomainJson.Options) + "\n"));

        async Task RunAsync(params string[] arguments)
        {
            var variables = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["AGENTREC_Store__ConnectionString"] = ConnectionString,
                ["AGENTREC_Store__ModelDirectory"] = _models.Path,
            };
            var (code, output, error) = await CliProcess.RunAsync(Build, variables, arguments);
            Assert.True(code == 0, output + error);
        }
    }
}
