using System.Net.Http.Headers;

namespace AgentRec.Cli.Hosting;

/// <summary>Asks a node that runs, over its HTTP API.</summary>
internal sealed class NodeClient : IDisposable
{
    /// <summary>The environment variable that holds the access key: a secret, and no argument of a command.</summary>
    public const string KeyVariable = "AGENTREC_API_KEY";

    private readonly Uri _address;
    private readonly HttpClient _http;

    /// <summary>Prepares to ask.</summary>
    /// <param name="address">The node's address.</param>
    /// <param name="patience">How long an answer may take.</param>
    public NodeClient(Uri address, TimeSpan patience)
    {
        _address = address;
        _http = new HttpClient { BaseAddress = address, Timeout = patience };
        Authorize(_http);
    }

    /// <summary>Lets a client send the access key, where the environment holds one.</summary>
    /// <param name="http">The client.</param>
    public static void Authorize(HttpClient http)
    {
        if (Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Asks.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="call">The call.</param>
    /// <exception cref="CommandFailure">No node answers, or it refuses.</exception>
    public async Task<T> AskAsync<T>(Func<ApiClient, Task<T>> call)
    {
        try
        {
            return await call(new ApiClient(_http));
        }
        catch (HttpRequestException unreachable)
        {
            throw new CommandFailure($"No node answers at {_address} ({unreachable.Message}): check --url, or name a store with --store.");
        }
    }

    public void Dispose() => _http.Dispose();
}
