using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using AgentRec.Domain;

namespace AgentRec.Cli.Hosting;

/// <summary>A client of the sessions API: what any platform would write.</summary>
/// <param name="http">A client with the node's address.</param>
internal sealed class ApiClient(HttpClient http)
{
    /// <summary>Opens a session.</summary>
    /// <returns>The session's id.</returns>
    public async Task<string> OpenSessionAsync(string userId, CancellationToken cancellationToken)
    {
        var opened = await SendAsync<JsonElement>(HttpMethod.Post, "/v1/sessions", new { userId }, cancellationToken);
        return opened.GetProperty("sessionId").GetString()!;
    }

    /// <summary>Runs a turn.</summary>
    public Task<TurnResult> TurnAsync(string sessionId, object request, CancellationToken cancellationToken) =>
        SendAsync<TurnResult>(HttpMethod.Post, $"/v1/sessions/{sessionId}/turns", request, cancellationToken);

    /// <summary>Runs a turn and hears its events as they happen.</summary>
    public async Task<TurnResult> TurnAsync(string sessionId, object request, Action<string, JsonElement> heard, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, $"/v1/sessions/{sessionId}/turns") { Content = JsonContent.Create(request, options: DomainJson.Options) };
        message.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await RequireSuccessAsync(response, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            using var data = JsonDocument.Parse(item.Data);
            switch (item.EventType)
            {
                case "slate" or "question":
                    return data.RootElement.Deserialize<TurnResult>(DomainJson.Options)!;
                case "error":
                    throw new CommandFailure($"The turn failed: {item.Data}");
                default:
                    heard(item.EventType, data.RootElement);
                    break;
            }
        }
        throw new CommandFailure("The stream of the turn's events broke off.");
    }

    /// <summary>Gets a resource as JSON text, just as it was sent.</summary>
    public async Task<string> GetTextAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        await RequireSuccessAsync(response, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>Gets a resource.</summary>
    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) => SendAsync<T>(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Puts a body.</summary>
    public Task<T> PutAsync<T>(string path, object body, CancellationToken cancellationToken) => SendAsync<T>(HttpMethod.Put, path, body, cancellationToken);

    /// <summary>Posts a body.</summary>
    public Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellationToken) =>
        SendAsync<JsonElement>(HttpMethod.Post, path, body, cancellationToken);

    /// <summary>Deletes a resource.</summary>
    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await http.DeleteAsync(new Uri(path, UriKind.Relative), cancellationToken);
        await RequireSuccessAsync(response, cancellationToken);
    }

    /// <summary>Has a certificate verified.</summary>
    /// <param name="certificate">The certificate as JSON text.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it is valid, and the first finding if not.</returns>
    public async Task<(bool Valid, string? Finding)> VerifyAsync(string certificate, CancellationToken cancellationToken)
    {
        using var content = new StringContent($$"""{"certificate":{{certificate}}}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri("/v1/certificates/verify", UriKind.Relative), content, cancellationToken);
        await RequireSuccessAsync(response, cancellationToken);
        var report = await response.Content.ReadFromJsonAsync<JsonElement>(DomainJson.Options, cancellationToken);
        var finding = report.GetProperty("findings").EnumerateArray().Select(one => one.GetProperty("message").GetString()).FirstOrDefault();
        return (report.GetProperty("valid").GetBoolean(), finding);
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: DomainJson.Options) };
        using var response = await http.SendAsync(message, cancellationToken);
        await RequireSuccessAsync(response, cancellationToken);
        return (await response.Content.ReadFromJsonAsync<T>(DomainJson.Options, cancellationToken))!;
    }

    private static async Task RequireSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
            throw new CommandFailure($"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.AbsolutePath} was answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
