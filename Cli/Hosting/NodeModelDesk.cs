using AgentRec.Grains.Abstractions.Models;

namespace AgentRec.Cli.Hosting;

/// <summary>The models of a node that runs, over its HTTP API.</summary>
/// <param name="address">The node's address.</param>
internal sealed class NodeModelDesk(Uri address) : IModelDesk
{
    // Loading a great model takes its time; the node answers when it is served.
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(15) };

    public Task<ModelsView> ListAsync(CancellationToken cancellationToken) => AskAsync(api => api.GetAsync<ModelsView>("/v1/models", cancellationToken));

    public Task<ModelActivationOutcome> ActivateAsync(string version, bool force, CancellationToken cancellationToken) =>
        AskAsync(api => api.PutAsync<ModelActivationOutcome>("/v1/models/active", new { version, force }, cancellationToken));

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<T> AskAsync<T>(Func<ApiClient, Task<T>> call)
    {
        try
        {
            return await call(new ApiClient(_http));
        }
        catch (HttpRequestException unreachable)
        {
            throw new CommandFailure($"No node answers at {address} ({unreachable.Message}): check --url, or name a store with --store.");
        }
    }
}
