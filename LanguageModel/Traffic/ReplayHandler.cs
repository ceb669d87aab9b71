using System.Net;
using System.Text;
using System.Text.Json;

namespace AgentRec.LanguageModel.Traffic;

/// <summary>
/// Answers from recorded files, and from nothing else. A request that is asked more often than it was recorded gets its last answer.
/// </summary>
/// <param name="folder">The folder.</param>
internal sealed class ReplayHandler(string folder) : HttpMessageHandler
{
    private readonly TrafficKeys _keys = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var (digest, number) = _keys.Next(asked);
        for (; number > 0; number--)
        {
            var file = TrafficKeys.File(folder, digest, number);
            if (!File.Exists(file))
                continue;
            var exchange = await ReadAsync(file, cancellationToken);
            return new HttpResponseMessage((HttpStatusCode)exchange.Status)
            {
                Content = new StringContent(exchange.Answer, Encoding.UTF8, "application/json"),
                RequestMessage = request,
            };
        }
        throw new NotRecordedException("the replay holds no such request");
    }

    private static async Task<Exchange> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            if (await Exchange.ReadAsync(file, cancellationToken) is { Answer: not null, Status: >= 100 and <= 599 } exchange)
                return exchange;
        }
        catch (JsonException)
        {
            // Said below, as for a file that holds something else.
        }
        throw new NotRecordedException("the replay has a file that cannot be read");
    }
}

/// <summary>A replay cannot answer.</summary>
/// <param name="message">Why, as <c>degraded</c> shows it.</param>
internal sealed class NotRecordedException(string message) : Exception(message);
