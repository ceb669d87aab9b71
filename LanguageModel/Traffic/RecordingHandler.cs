using System.Text;

namespace AgentRec.LanguageModel.Traffic;

/// <summary>Writes every request and its answer to a file of its own. Requests that got no answer leave none.</summary>
/// <param name="folder">The folder; files of an earlier run that asked the same are replaced.</param>
/// <param name="transport">Sends.</param>
internal sealed class RecordingHandler(string folder, HttpMessageHandler transport) : DelegatingHandler(transport)
{
    private readonly TrafficKeys _keys = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var (digest, number) = _keys.Next(asked);
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(MeteringHandler.LongestAnswer, cancellationToken);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            await new Exchange(Encoding.UTF8.GetString(asked), (int)response.StatusCode, Encoding.UTF8.GetString(answer))
                .WriteAsync(TrafficKeys.File(folder, digest, number), cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
