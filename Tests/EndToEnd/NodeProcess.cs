using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AgentRec.Domain;

namespace AgentRec.Tests.EndToEnd;

/// <summary><c>agentrec up</c> as a process on a free loopback port.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly System.Text.StringBuilder _output = new();

    private NodeProcess(Process process, Uri address) => (_process, Http) = (process, new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) });

    public HttpClient Http { get; }

    /// <summary>What the process wrote.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts a node on a store and waits until it is ready.</summary>
    public static Task<NodeProcess> StartAsync(string store) => StartAsync(store, new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>Starts a node with environment variables of its own and waits until it is ready.</summary>
    public static async Task<NodeProcess> StartAsync(string store, IReadOnlyDictionary<string, string> variables)
    {
        var address = new Uri($"http://127.0.0.1:{FreePorts.Next()}");
        var process = CliProcess.Start(variables, "up", "--store", store, "--urls", address.ToString());
        var node = new NodeProcess(process, address);
        // Read, so that a full pipe never stops the node.
        process.OutputDataReceived += (_, line) => node.Hear(line.Data);
        process.BeginOutputReadLine();
        process.ErrorDataReceived += (_, line) => node.Hear(line.Data);
        process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(Patience);
        while (!await node.IsReadyAsync(patience.Token))
        {
            Assert.False(process.HasExited, $"The node ended with {(process.HasExited ? process.ExitCode : 0)}: {node.Output}");
            await Task.Delay(100, patience.Token);
        }
        return node;
    }

    /// <summary>Ends the node at once, as a power cut of the process would: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object body, CancellationToken cancellationToken = default)
    {
        using var response = await Http.PostAsJsonAsync(path, body, DomainJson.Options, cancellationToken);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken));
    }

    public Task<string> GetTextAsync(string path) => Http.GetStringAsync(new Uri(path, UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
