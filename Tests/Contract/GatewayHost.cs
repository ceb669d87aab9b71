using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Gateway;
using AgentRec.Gateway.Health;
using AgentRec.Grains.Abstractions.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentRec.Tests.Contract;

/// <summary>The gateway on a loopback port before a cluster of fakes.</summary>
public sealed class GatewayHost : IAsyncLifetime, IReadiness
{
    private WebApplication? app;

    internal FakeCluster Cluster { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    /// <summary>Where the gateway listens.</summary>
    public string Url { get; set; } = "http://127.0.0.1:0";

    public IReadOnlyList<string> Missing { get; set; } = [];

    public IReadOnlyList<string> Notes { get; set; } = [];

    internal IDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Gateway:RetryDelay"] = "00:00:00.001",
        ["Gateway:Heartbeat"] = "00:00:00.200",
    };

    public IServiceProvider Services => app!.Services;

    /// <summary>Makes an access key before the start.</summary>
    /// <returns>The header that its holder sends.</returns>
    internal (string Name, string Value) Key(AccessScopes scopes, string tenant = Identifier.DefaultTenant, DateTimeOffset? expiresAt = null) =>
        Bearer(Cluster.AccessKeys.Make(scopes, tenant, expiresAt).Reveal());

    internal static (string Name, string Value) Bearer(string token) => ("Authorization", "Bearer " + token);

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls(Url);
        Microsoft.Extensions.Configuration.MemoryConfigurationBuilderExtensions.AddInMemoryCollection(builder.Configuration, Settings);
        builder.Services.AddSingleton(Cluster.Grains).AddSingleton<IReadiness>(this).AddAgentRecGateway(builder.Configuration);
        app = builder.Build();
        app.MapAgentRecGateway();
        await app.StartAsync();
        Address = new UriBuilder(app.Urls.First()) { Host = "127.0.0.1" }.Uri;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(20) };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await app!.DisposeAsync();
    }

    public ValueTask<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Missing);

    public ValueTask<IReadOnlyList<string>> NotesAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Notes);

    /// <summary>Sends a request whose path is not touched by the client.</summary>
    public Task<HttpResponseMessage> Send(string method, string pathAndQuery, string? body = null, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        var uri = new Uri(Address.GetLeftPart(UriPartial.Authority) + pathAndQuery, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new HttpMethod(method), uri);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (contentType.Length > 0)
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Sends a request and reads the answer as JSON.</summary>
    public async Task<(int Status, JsonElement Body)> Call(string method, string pathAndQuery, string? body = null, params (string Name, string Value)[] headers)
    {
        using var response = await Send(method, pathAndQuery, body, headers: headers);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public async Task<string> OpenSession(string userId = "u")
    {
        var (status, body) = await Call("POST", "/v1/sessions", JsonSerializer.Serialize(new { userId }));
        Assert.Equal(201, status);
        return body.GetProperty("sessionId").GetString()!;
    }
}

/// <summary>Tests that share one gateway. They do not run beside each other, because faults are the cluster's, not a test's.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class GatewayCollection : ICollectionFixture<GatewayHost>
{
    public const string Name = "gateway";
}
