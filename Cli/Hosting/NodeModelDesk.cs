using AgentRec.Grains.Abstractions.Models;

namespace AgentRec.Cli.Hosting;

/// <summary>The models of a node that runs, over its HTTP API.</summary>
/// <param name="address">The node's address.</param>
internal sealed class NodeModelDesk(Uri address) : IModelDesk
{
    // Loading a great model takes its time; the node answers when it is served.
    private readonly NodeClient _node = new(address, TimeSpan.FromMinutes(15));

    public Task<ModelsView> ListAsync(CancellationToken cancellationToken) => _node.AskAsync(api => api.GetAsync<ModelsView>("/v1/models", cancellationToken));

    public Task<ModelActivationOutcome> ActivateAsync(string version, bool force, CancellationToken cancellationToken) =>
        _node.AskAsync(api => api.PutAsync<ModelActivationOutcome>("/v1/models/active", new { version, force }, cancellationToken));

    public ValueTask DisposeAsync()
    {
        _node.Dispose();
        return ValueTask.CompletedTask;
    }
}
