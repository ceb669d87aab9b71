using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AgentRec.Inference.Transport;

/// <summary>The protocol over HTTP with JSON bodies.</summary>
internal sealed class HttpTransport : IInferenceTransport
{
    private const int MaximumAnswerBytes = 16 * 1024 * 1024;
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly RankingOptions _options;
    private readonly HttpClient _client;

    /// <summary>Prepares calls; the first one connects.</summary>
    /// <param name="options">The server and the model; with an endpoint.</param>
    public HttpTransport(RankingOptions options)
    {
        _options = options;
        _client = new HttpClient(Connections.Create(options))
        {
            BaseAddress = new Uri(options.Endpoint!.AbsoluteUri.TrimEnd('/') + "/v2/"),
            MaxResponseContentBufferSize = MaximumAnswerBytes,
            // Every call brings its own limit.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public async Task<ModelContract> DescribeAsync(CancellationToken cancellationToken)
    {
        var metadata = await AskAsync(new HttpRequestMessage(HttpMethod.Get, Model(_options.ModelVersion, "")), HttpTensors.ReadMetadata, cancellationToken);
        try
        {
            return await AskAsync(
                new HttpRequestMessage(HttpMethod.Get, Model(_options.ModelVersion, "/config")), config => HttpTensors.ReadConfig(config, metadata), cancellationToken);
        }
        catch (ServerFault fault) when (fault.InnerException is HttpRequestException { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented })
        {
            // A server without the extension.
            return metadata;
        }
    }

    public Task<InferenceAnswer> InferAsync(InferenceCall call, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>(call.Values.Length * 12 + 256);
        HttpTensors.WriteRequest(body, _options, call);
        var request = new HttpRequestMessage(HttpMethod.Post, Model(call.Version, "/infer"))
        {
            Content = new ReadOnlyMemoryContent(body.WrittenMemory) { Headers = { ContentType = Json } },
        };
        return AskAsync(request, answer => HttpTensors.ReadAnswer(answer, _options.Output), cancellationToken);
    }

    public void Dispose() => _client.Dispose();

    private string Model(string version, string call)
    {
        var model = $"models/{Uri.EscapeDataString(_options.Model)}";
        return version.Length == 0 ? model + call : $"{model}/versions/{Uri.EscapeDataString(version)}{call}";
    }

    private async Task<T> AskAsync<T>(HttpRequestMessage request, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        try
        {
            using (request)
            using (var response = await _client.SendAsync(request, cancellationToken))
            {
                var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
                if (!response.IsSuccessStatusCode)
                    throw Refused(response.StatusCode, HttpTensors.ReadError(body));
                using var document = JsonDocument.Parse(body);
                return read(document.RootElement);
            }
        }
        catch (HttpRequestException exception) when (exception.StatusCode is null)
        {
            throw new ServerFault($"was not reached: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new ServerFault($"answered what is not the Open Inference Protocol ({exception.Message}): check the port and Tools:Ranking:Protocol.", exception);
        }
    }

    private static ServerFault Refused(HttpStatusCode status, string reason) => new(
        status switch
        {
            HttpStatusCode.NotFound => $"does not serve the model: {reason}",
            HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests => $"is overloaded: {reason}",
            _ => $"answered {(int)status}: {reason}",
        },
        new HttpRequestException(reason, inner: null, status));
}
