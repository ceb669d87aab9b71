using AgentRec.Storage;
using AgentRec.Tests.Cluster;
using AgentRec.Tests.PostgreSql;
using AgentRec.Tests.Unit;

namespace AgentRec.Tests.Failover;

/// <summary>A PostgreSQL server, silos and gateways as processes, with the bundled sample in the database.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly TempFolder _models = new();
    private readonly string _connectionString;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private int _parts;

    private TestCluster(PostgreSqlServer database, string connectionString, IReadOnlyDictionary<string, string> environment) =>
        (Database, _connectionString, _environment) = (database, connectionString, environment);

    /// <summary>The database server, for this cluster alone.</summary>
    public PostgreSqlServer Database { get; }

    /// <summary>The silos that were ever started.</summary>
    public List<ClusterPart> Silos { get; } = [];

    /// <summary>The gateways that were ever started.</summary>
    public List<ClusterPart> Gateways { get; } = [];

    /// <summary>Starts a cluster and waits until it is ready.</summary>
    /// <param name="silos">How many silos.</param>
    /// <param name="gateways">How many gateways.</param>
    /// <param name="environment">What all parts find in their environment beside what they need.</param>
    public static async Task<TestCluster> StartAsync(int silos, int gateways, IReadOnlyDictionary<string, string>? environment = null)
    {
        var database = await PostgreSqlServer.StartAsync();
        var cluster = new TestCluster(database, await database.CreateDatabaseAsync(), environment ?? new Dictionary<string, string>(StringComparer.Ordinal));
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
            started.Add(Keep(Silos, ClusterPart.StartSilo($"silo-{++_parts}", _connectionString, _models.Path, _environment)));
        await Task.WhenAll(started.Select(part => part.ReadyAsync()));
        started.Clear();
        for (var i = 0; i < gateways; i++)
            started.Add(Keep(Gateways, ClusterPart.StartGateway($"gateway-{++_parts}", _connectionString, _environment)));
        await Task.WhenAll(started.Select(part => part.ReadyAsync()));
    }

    /// <summary>Starts one more silo and waits until it is ready.</summary>
    /// <param name="name">Its name.</param>
    public Task AddSiloAsync(string name) =>
        Keep(Silos, ClusterPart.StartSilo(name, _connectionString, _models.Path, _environment)).ReadyAsync();

    /// <summary>Opens the store beside the silos, to read what is in it.</summary>
    public async Task<Store> OpenStoreAsync() =>
        await PostgreSqlStore.OpenAsync(PostgreSqlServer.Options(_connectionString, _models.Path), TimeProvider.System, default);

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
        await using var store = await OpenStoreAsync();
        await SampleStore.FillAsync(store);
    }
}
