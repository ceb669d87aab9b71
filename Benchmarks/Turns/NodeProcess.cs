using System.Collections.Immutable;
using AgentRec.Benchmarks.Processes;

namespace AgentRec.Benchmarks.Turns;

/// <summary>A node on a temporary store. Disposing of it stops exactly its process and deletes the store.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    // It imports and trains first.
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(10);

    private readonly ServerProcess _server;
    private readonly DirectoryInfo _store;

    private NodeProcess(ServerProcess server, DirectoryInfo store) => (_server, _store) = (server, store);

    /// <summary>Where it answers over HTTP.</summary>
    public Uri Address => _server.Address;

    /// <inheritdoc cref="ServerProcess.ResidentMebibytes"/>
    public double ResidentMebibytes => _server.ResidentMebibytes;

    /// <inheritdoc cref="ServerProcess.ProcessorTime"/>
    public TimeSpan ProcessorTime => _server.ProcessorTime;

    /// <summary>Starts a node, which imports and trains first, and waits until it is ready.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<NodeProcess> StartAsync(string data, CancellationToken cancellationToken)
    {
        var store = Directory.CreateTempSubdirectory("agentrec-benchmark-");
        var node = new NodeProcess(
            ServerProcess.Start(
                "The node", "agentrec.dll", ["up", "--data", Path.GetFullPath(data), "--store", store.FullName], ImmutableDictionary<string, string>.Empty),
            store);
        try
        {
            await node._server.ReadyAsync(StartLimit, cancellationToken);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _store.Delete(recursive: true);
    }
}
