using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AgentRec.Tests.Contract.Qdrant;

/// <summary>
/// A server on loopback that speaks as much of Qdrant's REST API as the client does. It refuses what Qdrant's published schemas do
/// not allow, keeps points, answers queries exactly, and misbehaves when told to.
/// </summary>
internal sealed class QdrantServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly QdrantContract? _contract;
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly ConcurrentQueue<string> _calls = new();

    private QdrantServer(WebApplication application, QdrantContract? contract) => (_application, _contract) = (application, contract);

    /// <summary>Where it listens.</summary>
    public string Url => _application.Urls.Single();

    /// <summary>What it keeps.</summary>
    public QdrantStore Store { get; } = new();

    /// <summary>The key that calls must carry; null where they need none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>What goes wrong with a call; null where nothing does.</summary>
    public Func<string, QdrantFault?> Fault { get; set; } = _ => null;

    /// <summary>What calls and answers did against the schemas.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <summary>The calls that came in: method and the path's template.</summary>
    public IReadOnlyCollection<string> Calls => _calls;

    public static async Task<QdrantServer> StartAsync(string? apiKey = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        var server = new QdrantServer(application, await QdrantContract.FindAsync()) { ApiKey = apiKey };
        application.Run(server.ServeAsync);
        await application.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        var (template, name) = Template(context.Request.Path.Value!);
        var operation = $"{context.Request.Method} {template}";
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        _calls.Enqueue(operation);
        if (ApiKey is not null && context.Request.Headers["api-key"] != ApiKey)
        {
            // Qdrant answers so, in plain text.
            context.Response.StatusCode = 401;
            await context.Response.WriteAsync("Must provide an API key or an Authorization bearer token");
            return;
        }
        var (status, answer) = Answer(context, template, operation, name, body);
        if (Fault(operation) is { } fault)
        {
            await fault.SpoilAsync(context, answer);
            return;
        }
        foreach (var problem in _contract?.AnswerProblems(context.Request.Method, template, status, answer) ?? [])
            _problems.Enqueue(problem);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer);
    }

    private (int Status, string Answer) Answer(HttpContext context, string template, string operation, string name, string body)
    {
        var parameters = context.Request.Query.Select(parameter => KeyValuePair.Create(parameter.Key, parameter.Value.ToString()));
        if (_contract?.RequestProblems(context.Request.Method, template, parameters, body).ToArray() is { Length: > 0 } problems)
        {
            foreach (var problem in problems)
                _problems.Enqueue(problem);
            return (400, Error(string.Join("; ", problems)));
        }
        try
        {
            using var read = JsonDocument.Parse(body.Length == 0 ? "{}" : body);
            return (200, JsonSerializer.Serialize(new { result = Store.Answer(operation, name, read.RootElement), status = "ok", time = 0.001 }));
        }
        catch (QdrantRefusal refusal)
        {
            return ((int)refusal.Status, Error(refusal.Message));
        }
    }

    private static string Error(string message) => JsonSerializer.Serialize(new { status = new { error = message }, time = 0.001 });

    /// <summary>The path with the collection's name taken out.</summary>
    private static (string Template, string Name) Template(string path)
    {
        var parts = path.Trim('/').Split('/');
        return parts is ["collections", not "aliases", ..]
            ? ($"/collections/{{collection_name}}{string.Concat(parts.Skip(2).Select(part => $"/{part}"))}", parts[1])
            : (path, "");
    }
}

/// <summary>One way to misbehave.</summary>
/// <param name="SpoilAsync">Answers instead of the server, given the answer that it would have sent.</param>
internal sealed record QdrantFault(Func<HttpContext, string, Task> SpoilAsync)
{
    /// <summary>Answers with another text.</summary>
    public static QdrantFault Saying(string text, int status = 200) => new(async (context, _) =>
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(text);
    });

    /// <summary>Never answers.</summary>
    public static QdrantFault Silence { get; } = new(async (context, _) =>
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    });

    /// <summary>Hangs up in the middle of the answer.</summary>
    public static QdrantFault Truncated { get; } = new(async (context, answer) =>
    {
        var bytes = Encoding.UTF8.GetBytes(answer);
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
        await context.Response.Body.FlushAsync();
        context.Abort();
    });
}
