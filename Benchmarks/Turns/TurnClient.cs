using System.Collections.Immutable;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace AgentRec.Benchmarks.Turns;

/// <summary>The calls that are measured, with as little work on this side as they allow.</summary>
internal sealed class TurnClient : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http;

    /// <summary>Prepares a client.</summary>
    /// <param name="address">The node.</param>
    /// <param name="connections">The greatest number of connections.</param>
    public TurnClient(Uri address, int connections) => _http = new HttpClient(
        new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseProxy = false, UseCookies = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Opens a session.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The session's id.</returns>
    public async Task<string> OpenAsync(string userId, CancellationToken cancellationToken)
    {
        var answer = await PostAsync("/v1/sessions", Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { userId })), cancellationToken);
        using var document = JsonDocument.Parse(answer);
        return document.RootElement.GetProperty("sessionId").GetString()!;
    }

    /// <summary>Takes a turn.</summary>
    /// <param name="session">The session.</param>
    /// <param name="body">The request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answer's JSON.</returns>
    public Task<byte[]> TurnAsync(string session, byte[] body, CancellationToken cancellationToken) =>
        PostAsync($"/v1/sessions/{session}/turns", body, cancellationToken);

    /// <summary>Takes a turn, and says how long the client waited.</summary>
    /// <param name="session">The session.</param>
    /// <param name="body">The request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(byte[] Answer, TimeSpan Took)> TimedTurnAsync(string session, byte[] body, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await TurnAsync(session, body, cancellationToken);
        return (answer, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>True for a turn that went on without something.</summary>
    /// <param name="answer">The answer's JSON.</param>
    public static bool IsDegraded(byte[] answer)
    {
        using var document = JsonDocument.Parse(answer);
        return document.RootElement.TryGetProperty("degraded", out var degraded) && degraded.GetArrayLength() > 0;
    }

    /// <summary>Takes a turn as a stream, and reads it to its end.</summary>
    /// <param name="session">The session.</param>
    /// <param name="body">The request.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How long the first event took from the request on.</returns>
    public async Task<TimeSpan> FirstEventAsync(string session, byte[] body, CancellationToken cancellationToken)
    {
        var path = $"/v1/sessions/{session}/turns";
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = Json;
        message.Headers.Accept.ParseAdd("text/event-stream");
        var began = Stopwatch.GetTimestamp();
        using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new BenchmarkFailure($"POST {path} was answered {(int)response.StatusCode}.");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        TimeSpan? took = null;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
            took ??= line.StartsWith("data:", StringComparison.Ordinal) ? Stopwatch.GetElapsedTime(began) : null;
        return took ?? throw new BenchmarkFailure($"POST {path} was answered with a stream without an event.");
    }

    /// <summary>Milliseconds by stage, as a turn's answer states them.</summary>
    /// <param name="answer">The answer's JSON.</param>
    public static ImmutableArray<KeyValuePair<string, double>> Timings(byte[] answer)
    {
        using var document = JsonDocument.Parse(answer);
        return [.. document.RootElement.GetProperty("timings").EnumerateObject().Select(stage => KeyValuePair.Create(stage.Name, stage.Value.GetDouble()))];
    }

    public void Dispose() => _http.Dispose();

    private async Task<byte[]> PostAsync(string path, byte[] body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = Json;
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? answer
            : throw new BenchmarkFailure($"POST {path} was answered {(int)response.StatusCode}: {Encoding.UTF8.GetString(answer)}");
    }
}
