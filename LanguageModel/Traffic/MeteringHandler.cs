using System.Text.Json;
using AgentRec.LanguageModel.Budgets;

namespace AgentRec.LanguageModel.Traffic;

/// <summary>
/// Counts every request that is really sent, whoever sends it: corrections and rounds of tool calls too. One that could exceed a budget is
/// not sent; answers are read whole, up to a limit.
/// </summary>
/// <param name="allowance">What may be spent.</param>
/// <param name="answerTokens">The most tokens that an answer may have.</param>
/// <param name="transport">Sends.</param>
internal sealed class MeteringHandler(TurnAllowance allowance, int answerTokens, HttpMessageHandler transport) : DelegatingHandler(transport)
{
    /// <summary>Longer answers are not read, in bytes.</summary>
    public const int LongestAnswer = 1 << 20;

    private const int GreatestUsage = 10_000_000;

    // Bytes of JSON for each token: real ratios are greater, so that no request costs more than it was taken to.
    private const int BytesOfToken = 3;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var estimate = (asked.Length / BytesOfToken) + 1L + answerTokens;
        var minute = allowance.TakeRequest(estimate);
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken);
            if (Usage(await response.Content.ReadAsByteArrayAsync(cancellationToken)) is { } usage)
            {
                allowance.Settle(minute, estimate, usage.Asked + usage.Answered);
                LanguageInstruments.TokensSpent(usage.Asked, usage.Answered);
            }
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static (long Asked, long Answered)? Usage(byte[] answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            if (document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty("usage", out var usage) && usage.ValueKind is JsonValueKind.Object)
                return (Number(usage, "prompt_tokens"), Number(usage, "completion_tokens"));
        }
        catch (JsonException)
        {
            // An answer that is no JSON says nothing of what it cost: the estimate stands.
        }
        return null;
    }

    private static long Number(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out var number) && number.ValueKind is JsonValueKind.Number && number.TryGetInt64(out var value) ? Math.Clamp(value, 0, GreatestUsage) : 0;
}
