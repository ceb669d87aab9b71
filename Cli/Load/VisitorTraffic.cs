using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace AgentRec.Cli.Load;

/// <summary>Makes the requests of a load: users with a session each take turns, say what they did with what was shown, and have histories.</summary>
/// <param name="http">A client with the cluster's address and key.</param>
/// <param name="terms">What was asked for.</param>
/// <param name="run">A name that no other run has: ids of turns and interactions begin with it.</param>
internal sealed class VisitorTraffic(HttpClient http, LoadTerms terms, string run)
{
    private const int PreparedAtATime = 16;

    private readonly ConcurrentQueue<Visitor> _idle = new();
    private readonly Random _random = new(unchecked((int)terms.Seed));
    private readonly Lock _drawing = new();
    private ImmutableArray<Visitor> _visitors = [];
    private long _numbers;

    /// <summary>Opens the sessions and brings every user to the history of one slate, so that what is measured are users who are known.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandFailure">A request was refused.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var visitors = new Visitor[terms.Users];
        await Parallel.ForAsync(0, terms.Users, new ParallelOptions { MaxDegreeOfParallelism = PreparedAtATime, CancellationToken = cancellationToken }, async (i, cancelled) =>
        {
            var userId = string.Create(CultureInfo.InvariantCulture, $"{run}-user-{i}");
            var opened = await RequireAsync("/v1/sessions", new { userId }, cancelled);
            var visitor = visitors[i] = new Visitor(userId, opened.GetProperty("sessionId").GetString()!);
            visitor.Slate = Shown(await RequireAsync(TurnPath(visitor), new { turnId = Id() }, cancelled));
            if (visitor.Slate.Length == 0)
                throw new CommandFailure("A new user was shown nothing: import and train first.");
            await RequireAsync("/v1/interactions", visitor.Slate.Select(item => Interaction(visitor, item)), cancelled);
            // Where it asks instead of showing, the first slate stands.
            if (Shown(await RequireAsync(TurnPath(visitor), new { turnId = Id() }, cancelled)) is { Length: > 0 } slate)
                visitor.Slate = slate;
        });
        _visitors = [.. visitors];
        foreach (var visitor in _visitors)
            _idle.Enqueue(visitor);
    }

    /// <summary>Chooses what the next request is.</summary>
    public RequestKind Draw()
    {
        lock (_drawing)
            return terms.Mix.Draw(_random);
    }

    /// <summary>Makes a request.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RequestEnding> SendAsync(RequestKind kind, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case RequestKind.Turn:
                return await TurnAsync(cancellationToken);
            case RequestKind.Feedback:
                var visitor = Any();
                return (await PostAsync($"/v1/sessions/{visitor.SessionId}/feedback", new { interactionId = Id(), itemId = Item(visitor), type = "like" }, cancellationToken)).Ending;
            default:
                var (who, what) = (Any(), Any());
                return (await PostAsync("/v1/interactions", Enumerable.Range(0, terms.IngestionSize).Select(_ => Interaction(who, Item(what))), cancellationToken)).Ending;
        }
    }

    private async Task<RequestEnding> TurnAsync(CancellationToken cancellationToken)
    {
        if (!_idle.TryDequeue(out var visitor))
            return RequestEnding.NoIdleSession;
        try
        {
            var (ending, answer) = await PostAsync(TurnPath(visitor), new { turnId = Id() }, cancellationToken);
            if (answer is { } turn && Shown(turn) is { Length: > 0 } slate)
                visitor.Slate = slate;
            return ending;
        }
        finally
        {
            _idle.Enqueue(visitor);
        }
    }

    private async Task<JsonElement> RequireAsync(string path, object body, CancellationToken cancellationToken)
    {
        var (ending, answer) = await PostAsync(path, body, cancellationToken);
        return answer ?? throw new CommandFailure(ending.Status switch
        {
            "timeout" or "connection" => $"No node answers at {http.BaseAddress}: check --url.",
            "401" or "403" => $"POST {path} was answered {ending.Status}: {Hosting.NodeClient.KeyVariable} must hold a key with the scopes 'sessions' and 'ingest'.",
            _ => $"POST {path} was answered {ending.Status} while the load was prepared.",
        });
    }

    private async Task<(RequestEnding Ending, JsonElement? Answer)> PostAsync(string path, object body, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web));
            content.Headers.ContentType = new("application/json");
            using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            var ending = new RequestEnding(((int)response.StatusCode).ToString(CultureInfo.InvariantCulture), response.IsSuccessStatusCode);
            if (!ending.Succeeded)
                return (ending, null);
            var read = JsonSerializer.Deserialize<JsonElement>(answer);
            // An array is answered 200 even where elements of it are refused.
            return read.ValueKind is JsonValueKind.Object && read.TryGetProperty("rejected", out var rejected) && rejected.GetArrayLength() > 0 ? (new RequestEnding("rejected", Succeeded: false), null) : (ending, read);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (RequestEnding.TimedOut, null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (RequestEnding.Disconnected, null);
        }
        catch (JsonException)
        {
            return (new RequestEnding("not-json", Succeeded: false), null);
        }
    }

    private Visitor Any()
    {
        lock (_drawing)
            return _visitors[_random.Next(_visitors.Length)];
    }

    private string Item(Visitor visitor)
    {
        var slate = visitor.Slate;
        lock (_drawing)
            return slate[_random.Next(slate.Length)];
    }

    private object Interaction(Visitor visitor, string item) => new { interactionId = Id(), userId = visitor.UserId, itemId = item, type = "like" };

    private string Id() => string.Create(CultureInfo.InvariantCulture, $"{run}-{Interlocked.Increment(ref _numbers)}");

    private static string TurnPath(Visitor visitor) => $"/v1/sessions/{visitor.SessionId}/turns";

    private static string[] Shown(JsonElement turn) =>
        turn.TryGetProperty("slate", out var slate) && slate.ValueKind is JsonValueKind.Object
            ? [.. slate.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("itemId").GetString()!)]
            : [];
}
