using AgentRec.Storage;
using Microsoft.AspNetCore.Builder;

namespace AgentRec.Cli.Hosting;

/// <summary>A node inside this process on a free loopback port, for commands that talk to one and end.</summary>
internal sealed class LocalNode : IAsyncDisposable
{
    private readonly WebApplication _node;
    private readonly HttpClient _http;

    private LocalNode(WebApplication node, HttpClient http) => (_node, _http, Api) = (node, http, new ApiClient(http));

    /// <summary>The node's API.</summary>
    public ApiClient Api { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <summary>Starts a node.</summary>
    /// <param name="store">The open store; the caller closes it.</param>
    /// <param name="tenant">Whose the calls are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<LocalNode> StartAsync(Store store, string tenant, CancellationToken cancellationToken)
    {
        var node = Node.Build(store, "http://127.0.0.1:0", tenant, own: true);
        await node.StartAsync(cancellationToken);
        return new LocalNode(node, new HttpClient { BaseAddress = new Uri(node.Urls.First()) });
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _node.StopAsync();
        await _node.DisposeAsync();
    }
}
