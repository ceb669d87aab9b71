using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Grains.Vectors;
using AgentRec.Qdrant.Hosting;
using AgentRec.Tests.Contract.Qdrant;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AgentRec.Tests.Unit.Vectors;

/// <summary>An index of one kind for one test, with tenants of its own.</summary>
internal sealed class IndexUnderTest : IAsyncDisposable
{
    public const string Embedded = "embedded";
    public const string Qdrant = "qdrant";
    public const string Live = "live qdrant";

    /// <summary>Where a live server is, if there is one.</summary>
    public static readonly string? LiveUrl = Environment.GetEnvironmentVariable("QDRANT_URL");
    private static readonly string LiveKey = Environment.GetEnvironmentVariable("QDRANT_API_KEY") ?? "";

    private readonly ServiceProvider? _services;
    private readonly SortedSet<string> _tenants = new(StringComparer.Ordinal);

    private IndexUnderTest(IVectorIndex index, ServiceProvider? services, QdrantServer? server) => (Index, _services, Server) = (index, services, server);

    public IVectorIndex Index { get; }

    /// <summary>The in-test server, where there is one.</summary>
    public QdrantServer? Server { get; }

    /// <summary>The kinds that can be tested here.</summary>
    public static string[] Kinds => LiveUrl is null ? [Embedded, Qdrant] : [Embedded, Qdrant, Live];

    public static async Task<IndexUnderTest> OpenAsync(string kind, params (string Name, string Value)[] options)
    {
        if (kind == Embedded)
            return new IndexUnderTest(new EmbeddedVectorIndex(), null, null);
        var server = kind == Qdrant ? await QdrantServer.StartAsync() : null;
        // A machine under load is no test of time limits.
        (string Name, string Value)[] defaults = [("Endpoint", server?.Url ?? LiveUrl!), ("Prefix", "agentrec-test"), ("Exact", "true"), ("QueryTimeoutMilliseconds", "60000")];
        return Over(server, [.. defaults, .. kind == Live && LiveKey.Length > 0 ? [("ApiKey", LiveKey)] : Array.Empty<(string, string)>(), .. options]);
    }

    /// <summary>A client of a server with other options.</summary>
    public static IndexUnderTest Over(QdrantServer? server, params (string Name, string Value)[] options)
    {
        var services = new ServiceCollection();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in options)
            settings[$"Vectors:{name}"] = value;
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddQdrantVectorIndex("Vectors");
        var provider = services.BuildServiceProvider();
        return new IndexUnderTest(provider.GetRequiredService<IVectorIndex>(), provider, server);
    }

    /// <summary>A tenant that no other test has, also on a server that others use.</summary>
    public string Tenant(string name)
    {
        var tenant = Server is null && _services is not null ? $"{name} {Guid.NewGuid():n}" : name;
        _tenants.Add(tenant);
        return tenant;
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is null && _services is not null)
        {
            foreach (var tenant in _tenants)
                await Index.DeleteTenantAsync(tenant, default);
        }
        if (_services is not null)
            await _services.DisposeAsync();
        if (Server is null)
            return;
        var problems = Server.Problems;
        await Server.DisposeAsync();
        Assert.Empty(problems);
    }
}
