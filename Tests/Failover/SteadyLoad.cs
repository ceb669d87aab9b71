using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Import.Sample;

namespace AgentRec.Tests.Failover;

/// <summary>
/// Clients that record interactions and take turns at a steady pace, by whichever gateway answers. What fails is repeated under
/// the same id until it is acknowledged: what was sent, what was acknowledged and each failure stand in the client's own ledger.
/// </summary>
internal sealed class SteadyLoad
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly CancellationTokenSource _stop = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly string _name;
    private Task[] _clients = [];
    private volatile Uri[] _gateways;

    /// <summary>Prepares the load.</summary>
    /// <param name="name">Part of every id, so that no two loads share one.</param>
    /// <param name="gateways">Where gateways answer.</param>
    public SteadyLoad(string name, IEnumerable<Uri> gateways) => (_name, _gateways) = (name, [.. gateways]);

    /// <summary>The gateways that clients use from now on.</summary>
    public IEnumerable<Uri> Gateways { set => _gateways = [.. value]; }

    /// <summary>The sessions by user.</summary>
    public ConcurrentDictionary<string, string> Sessions { get; } = new(StringComparer.Ordinal);

    /// <summary>Interactions by id: the user, and whether it was acknowledged.</summary>
    public ConcurrentDictionary<string, (string User, bool Acknowledged)> Interactions { get; } = new(StringComparer.Ordinal);

    /// <summary>Turns by id: the user, and the certificate where it was acknowledged.</summary>
    public ConcurrentDictionary<string, (string User, string? Certificate)> Turns { get; } = new(StringComparer.Ordinal);

    /// <summary>Attempts that failed: when, which session's, and how.</summary>
    public ConcurrentQueue<Failure> Failures { get; } = [];

    /// <summary>Attempts that succeeded: when, whose, and whether each was a turn.</summary>
    public ConcurrentQueue<(TimeSpan Began, TimeSpan Ended, string User, bool IsTurn)> Answers { get; } = [];

    /// <summary>The load's own clock.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(_started);

    /// <summary>Opens a session for each client and begins.</summary>
    /// <param name="clients">How many.</param>
    public async Task StartAsync(int clients)
    {
        for (var client = 0; client < clients; client++)
        {
            var user = $"{_name}-user-{client}";
            var opened = await RepeatAsync(user, "/v1/sessions", new { userId = user }, HttpStatusCode.Created);
            Sessions[user] = opened.GetProperty("sessionId").GetString()!;
        }
        _clients = [.. Enumerable.Range(0, clients).Select(client => Task.Run(() => RunAsync(client)))];
    }

    /// <summary>Stops when everything that was sent is acknowledged.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_clients);
    }

    /// <summary>Calls until the answer is the expected one.</summary>
    /// <param name="user">Whose call it is.</param>
    /// <param name="path">The path.</param>
    /// <param name="body">The body.</param>
    /// <param name="expected">The status of success.</param>
    public async Task<JsonElement> RepeatAsync(string user, string path, object body, HttpStatusCode expected)
    {
        var limit = Now + TimeSpan.FromMinutes(2);
        for (var attempt = 0; ; attempt++)
        {
            var gateways = _gateways;
            var at = Now;
            try
            {
                using var answer = await _http.PostAsJsonAsync(new Uri(gateways[(StringComparer.Ordinal.GetHashCode(user) + attempt & int.MaxValue) % gateways.Length], path), body, DomainJson.Options);
                if (answer.StatusCode == expected)
                {
                    Answers.Enqueue((at, Now, user, path.EndsWith("/turns", StringComparison.Ordinal)));
                    return await answer.Content.ReadFromJsonAsync<JsonElement>();
                }
                Failures.Enqueue(new Failure(at, Now, user, $"{(int)answer.StatusCode} {await CodeAsync(answer)}"));
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException or JsonException)
            {
                Failures.Enqueue(new Failure(at, Now, user, exception.GetType().Name));
            }
            Assert.True(Now < limit, $"{path} of {user} was not answered for two minutes; last: {Failures.LastOrDefault()?.How}");
            await Task.Delay(Pause);
        }
    }

    private async Task RunAsync(int client)
    {
        var user = $"{_name}-user-{client}";
        var films = SampleWorld.Films();
        for (var n = 0; !_stop.IsCancellationRequested; n++)
        {
            var id = $"{_name}-i-{client}-{n}";
            Interactions[id] = (user, false);
            var report = await RepeatAsync(
                user, "/v1/interactions",
                new[] { new { interactionId = id, userId = user, itemId = films[((n * 37) + (client * 11)) % films.Count].ItemId, type = n % 3 == 0 ? "like" : "view" } },
                HttpStatusCode.OK);
            Assert.Equal(1, report.GetProperty("accepted").GetInt32() + report.GetProperty("duplicates").GetInt32());
            Interactions[id] = (user, true);
            if (n % 2 == 1)
            {
                var turnId = $"{_name}-t-{client}-{n}";
                Turns[turnId] = (user, null);
                var turn = await RepeatAsync(user, $"/v1/sessions/{Sessions[user]}/turns", new { turnId }, HttpStatusCode.OK);
                Turns[turnId] = (user, turn.GetProperty("certificateId").GetString());
            }
            await Task.Delay(Pace);
        }
    }

    private static async Task<string> CodeAsync(HttpResponseMessage answer)
    {
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return problem.TryGetProperty("code", out var code) ? code.GetString()! : problem.TryGetProperty("title", out var title) ? title.GetString()! : "";
    }

    /// <summary>An attempt that failed.</summary>
    /// <param name="Began">When it began.</param>
    /// <param name="Ended">When it had failed.</param>
    /// <param name="User">Whose it was.</param>
    /// <param name="How">The status or the exception.</param>
    internal sealed record Failure(TimeSpan Began, TimeSpan Ended, string User, string How);
}
