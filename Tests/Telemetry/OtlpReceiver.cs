using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AgentRec.Tests.Telemetry;

/// <summary>Stands in for a collector: keeps what is sent to it over OTLP as protobuf over HTTP.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _server;
    private readonly Lock _lock = new();
    private readonly List<(string Path, ByteString Body)> _received = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OtlpReceiver(WebApplication server) => _server = server;

    /// <summary>What a process must find in its environment to send here, and soon.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _server.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    /// <summary>Starts to listen.</summary>
    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = builder.Build();
        var receiver = new OtlpReceiver(server);
        server.MapPost("/v1/{signal}", receiver.KeepAsync);
        await server.StartAsync();
        return receiver;
    }

    /// <summary>The bodies received for a signal.</summary>
    /// <param name="signal"><c>traces</c>, <c>metrics</c> or <c>logs</c>.</param>
    public IReadOnlyList<ByteString> Bodies(string signal)
    {
        lock (_lock)
            return [.. _received.Where(one => one.Path == $"/v1/{signal}").Select(one => one.Body)];
    }

    /// <summary>Everything received.</summary>
    public IReadOnlyList<ByteString> All()
    {
        lock (_lock)
            return [.. _received.Select(one => one.Body)];
    }

    /// <summary>The spans received.</summary>
    public IReadOnlyList<ReceivedSpan> Spans() => [.. Bodies("traces").SelectMany(body => ReceivedSpan.Of(ProtoMessage.Read(body)))];

    /// <summary>The names of the metrics received, by the service that sent them.</summary>
    public ILookup<string, string> Metrics() => (
        from body in Bodies("metrics")
        from resource in ProtoMessage.Read(body).Messages(1)
        let service = resource.Messages(1).First().Messages(1).First(pair => pair.Text(1) == "service.name").Messages(2).First().Text(1)
        from scope in resource.Messages(2)
        from metric in scope.Messages(2)
        select (Service: service, Name: metric.Text(1))).Distinct().ToLookup(pair => pair.Service, pair => pair.Name, StringComparer.Ordinal);

    /// <summary>Waits until what was received holds something.</summary>
    /// <typeparam name="T">What is looked for.</typeparam>
    /// <param name="find">Looks for it; null when it is not there yet.</param>
    /// <param name="otherwise">Says what is there, when patience ends.</param>
    public async Task<T> WaitForAsync<T>(Func<T?> find, Func<string> otherwise)
        where T : class
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Task news;
            lock (_lock)
                news = _news.Task;
            if (find() is { } found)
                return found;
            try
            {
                await news.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail(otherwise());
            }
        }
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task KeepAsync(HttpContext call)
    {
        var body = await ByteString.FromStreamAsync(call.Request.Body, call.RequestAborted);
        TaskCompletionSource news;
        lock (_lock)
        {
            _received.Add((call.Request.Path.Value!, body));
            (news, _news) = (_news, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        news.SetResult();
        // An empty message says that everything was accepted.
        call.Response.ContentType = "application/x-protobuf";
    }
}
