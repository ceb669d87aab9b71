using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Negotiation.Policies;

namespace AgentRec.Simulation;

/// <summary>A cluster that serves, over the gateway's HTTP API.</summary>
/// <param name="http">A client with the cluster's address and, where it asks for one, a key.</param>
internal sealed class LiveCluster(HttpClient http)
{
    private const int AtOnce = 200;
    private const int LongestReason = 300;

    /// <summary>Puts items into the catalogue.</summary>
    public async Task PutAsync(IEnumerable<Item> items, CancellationToken cancellationToken)
    {
        foreach (var some in items.Chunk(AtOnce))
            await SendAsync(HttpMethod.Put, "/v1/items", some, cancellationToken);
    }

    /// <summary>Puts a rule set.</summary>
    public Task PutAsync(RuleSet rules, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, $"/v1/policies/{Uri.EscapeDataString(rules.Name)}", JsonDocument.Parse(RuleSetWriter.WriteJson(rules)).RootElement, cancellationToken);

    /// <summary>Records interactions.</summary>
    /// <exception cref="SimulationException">One of them was rejected.</exception>
    public async Task RecordAsync(IEnumerable<Interaction> interactions, CancellationToken cancellationToken)
    {
        foreach (var some in interactions.Chunk(AtOnce))
        {
            var answer = await SendAsync(HttpMethod.Post, "/v1/interactions", some, cancellationToken);
            if (answer.TryGetProperty("rejected", out var rejected) && rejected.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first)
                throw new SimulationException($"The cluster rejected an interaction: {first.GetProperty("reason").GetString()}");
        }
    }

    /// <summary>Opens a session.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> OpenAsync(string userId, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Post, "/v1/sessions", new { userId }, cancellationToken)).GetProperty("sessionId").GetString()!;

    /// <summary>Takes a turn.</summary>
    public async Task<TurnResult> TakeAsync(string sessionId, TurnRequest request, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(HttpMethod.Post, $"/v1/sessions/{Uri.EscapeDataString(sessionId)}/turns", Body(request), cancellationToken);
        return answer.Deserialize<TurnResult>(DomainJson.Options) is { } result && (result.Slate is not null || result.Question is not null)
            ? result : throw new SimulationException($"A turn of session {sessionId} brought neither slate nor question.");
    }

    /// <summary>Closes a session.</summary>
    public Task CloseAsync(string sessionId, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, $"/v1/sessions/{Uri.EscapeDataString(sessionId)}", null, cancellationToken);

    private static Dictionary<string, object> Body(TurnRequest request)
    {
        var body = new Dictionary<string, object>(StringComparer.Ordinal) { ["slateSize"] = request.SlateSize };
        Add("constraints", request.Constraints.IsDefaultOrEmpty ? null : request.Constraints);
        Add("policy", request.Policy);
        Add("protocol", request.Protocol);
        Add("answer", request.Answer);
        Add("withdraw", request.Withdraw is { IsDefaultOrEmpty: false } withdraw ? withdraw : null);
        Add("questions", request.Questions);
        return body;

        void Add(string name, object? value)
        {
            if (value is not null)
                body[name] = value;
        }
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: DomainJson.Options) };
        try
        {
            using var response = await http.SendAsync(message, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw new SimulationException($"The cluster answered {method} {path} with {(int)response.StatusCode}: {(text.Length <= LongestReason ? text : text[..LongestReason])}");
            if (response.StatusCode is HttpStatusCode.NoContent || text.Length == 0)
                return default;
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new SimulationException($"The cluster at {http.BaseAddress} did not answer {method} {path}: {exception.Message}");
        }
    }
}
