using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AgentRec.Tests.Cluster.LanguageModels;

/// <summary>Answers one request.</summary>
/// <param name="request">What was asked.</param>
/// <param name="call">The how manieth request this is since the behaviour was set, from 1.</param>
/// <param name="http">The request, for those who answer in a way of their own.</param>
/// <returns>The text of the model's answer; null where the behaviour wrote an answer itself.</returns>
internal delegate Task<string?> ModelBehaviour(StubRequest request, int call, HttpContext http);

/// <summary>An OpenAI-compatible endpoint on loopback that answers as a test wants.</summary>
internal sealed class StubModel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private ModelBehaviour _behaviour = static (_, _, _) => Task.FromResult<string?>("");
    private int _calls;

    private StubModel(WebApplication app) => _app = app;

    public Uri Endpoint => new($"{_app.Urls.First()}/v1");

    /// <summary>Every body that came, in order.</summary>
    public ConcurrentQueue<StubRequest> Requests { get; } = new();

    public static async Task<StubModel> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var stub = new StubModel(app);
        app.MapPost("/v1/chat/completions", stub.AnswerAsync);
        await app.StartAsync();
        return stub;
    }

    /// <summary>Behaves so from now on, and forgets what came before.</summary>
    public void Behave(ModelBehaviour behaviour)
    {
        Requests.Clear();
        (_behaviour, _calls) = (behaviour, 0);
    }

    /// <summary>Answers with a text that depends on the request.</summary>
    public void Answer(Func<StubRequest, int, string> answer) => Behave((request, call, _) => Task.FromResult<string?>(answer(request, call)));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var document = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
        var request = new StubRequest(document.RootElement.Clone(), http.Request.Headers.Authorization.ToString());
        Requests.Enqueue(request);
        if (await _behaviour(request, Interlocked.Increment(ref _calls), http) is { } text)
            await WriteAsync(http, new { role = "assistant", content = text }, "stop");
    }

    /// <summary>Answers with a call of a tool.</summary>
    public static Task CallToolAsync(HttpContext http, int call, string name, object arguments) => WriteAsync(
        http,
        new
        {
            role = "assistant",
            content = (string?)null,
            tool_calls = new[] { new { id = $"call-{call}", type = "function", function = new { name, arguments = JsonSerializer.Serialize(arguments) } } },
        },
        "tool_calls");

    private static Task WriteAsync(HttpContext http, object message, string because) => http.Response.WriteAsJsonAsync(new
    {
        id = "stub",
        @object = "chat.completion",
        created = 1,
        model = "stub",
        choices = new[] { new { index = 0, message, finish_reason = because } },
        usage = new { prompt_tokens = 100, completion_tokens = 10, total_tokens = 110 },
    });
}

/// <summary>A request as an endpoint sees it.</summary>
/// <param name="Body">The body.</param>
/// <param name="Authorization">The header of that name.</param>
internal sealed record StubRequest(JsonElement Body, string Authorization)
{
    /// <summary>Role and text of each message.</summary>
    public (string Role, string Text)[] Messages =>
        [.. Body.GetProperty("messages").EnumerateArray().Select(message => (message.GetProperty("role").GetString()!, TextOf(message)))];

    /// <summary>The data of a reading.</summary>
    public JsonElement Data => JsonSerializer.Deserialize<JsonElement>(Messages.First(message => message.Role == "user").Text);

    /// <summary>The first part that is to be read.</summary>
    public string Unread => Data.GetProperty("unread")[0].GetString()!;

    private static string TextOf(JsonElement message) =>
        !message.TryGetProperty("content", out var content) ? ""
        : content.ValueKind is JsonValueKind.Array ? string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()))
        : content.GetString() ?? "";
}
