using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Qdrant.Wire;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace AgentRec.Qdrant;

/// <summary>Sends calls and reads answers; whatever goes wrong becomes a <see cref="VectorIndexException"/>.</summary>
/// <param name="clients">Makes clients with the limits of <see cref="Query"/> and <see cref="Upkeep"/>.</param>
/// <param name="options">Where Qdrant is.</param>
internal sealed class QdrantCalls(IHttpClientFactory clients, IOptions<QdrantOptions> options)
{
    /// <summary>The client of queries, which a turn waits for.</summary>
    public const string Query = "qdrant-query";

    /// <summary>The client of everything else, which may take its time.</summary>
    public const string Upkeep = "qdrant-upkeep";

    private const int LongestReason = 200;

    /// <summary>Sends a call with a body.</summary>
    /// <param name="call">What is called.</param>
    /// <param name="body">The body.</param>
    /// <param name="bodyType">How the body is written.</param>
    /// <param name="answerType">How the answer is read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<TAnswer> SendAsync<TBody, TAnswer>(
        QdrantCall call, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<Answer<TAnswer>> answerType, CancellationToken cancellationToken) =>
        SendAsync(call, JsonSerializer.SerializeToUtf8Bytes(body, bodyType), answerType, cancellationToken);

    /// <summary>Sends a call without a body.</summary>
    /// <param name="call">What is called.</param>
    /// <param name="answerType">How the answer is read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<TAnswer> SendAsync<TAnswer>(QdrantCall call, JsonTypeInfo<Answer<TAnswer>> answerType, CancellationToken cancellationToken) =>
        SendAsync(call, null, answerType, cancellationToken);

    private async Task<TAnswer> SendAsync<TAnswer>(QdrantCall call, byte[]? body, JsonTypeInfo<Answer<TAnswer>> answerType, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(call.Method, call.Path);
            if (body is not null)
                request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var response = await clients.CreateClient(call.IsQuery ? Query : Upkeep).SendAsync(request, cancellationToken);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw Failed(call, response.StatusCode, answer);
            return JsonSerializer.Deserialize(answer, answerType) is { Result: { } result } ? result : throw Unreadable(call, null);
        }
        catch (JsonException exception)
        {
            throw Unreadable(call, exception);
        }
        catch (BrokenCircuitException)
        {
            throw Unavailable(call, "was not asked, since most calls have just failed", null);
        }
        catch (TimeoutRejectedException)
        {
            throw Unavailable(call, "did not answer in time", null);
        }
        catch (HttpRequestException exception)
        {
            throw Unavailable(call, $"could not be asked ({exception.HttpRequestError})", exception);
        }
    }

    private VectorIndexException Unavailable(QdrantCall call, string what, Exception? inner) =>
        new(VectorFailure.Unavailable, $"Qdrant at {options.Value.Endpoint} {what} to {call.Purpose}: see whether it runs and is reachable, and whether the timeouts of Tools:Vectors suffice.", inner);

    private VectorIndexException Unreadable(QdrantCall call, Exception? inner) =>
        new(VectorFailure.Unreadable, $"Qdrant at {options.Value.Endpoint} was asked to {call.Purpose}, and its answer is none of its interface: see what listens there, and whether its version is one that knows points/query (1.10 or later).", inner);

    private VectorIndexException Failed(QdrantCall call, HttpStatusCode status, byte[] answer)
    {
        var reason = call.HasFilter ? "" : Reason(answer);
        var asked = $"Qdrant at {options.Value.Endpoint} was asked to {call.Purpose} and answered {(int)status}{reason}";
        return status switch
        {
            HttpStatusCode.NotFound => new(VectorFailure.Missing, $"{asked}: it is not there; fill it."),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(VectorFailure.Refused, $"{asked}: give the right key in Tools:Vectors:ApiKey."),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
                new(VectorFailure.Unavailable, $"{asked}: see Qdrant's own log."),
            _ => new(VectorFailure.Refused, $"{asked}: see that its version is 1.10 or later and that nothing else writes to the collection."),
        };
    }

    /// <summary>Qdrant's own words about what operators put there; never about what users asked for.</summary>
    private string Reason(byte[] answer)
    {
        try
        {
            if (JsonSerializer.Deserialize(answer, QdrantJson.Default.ErrorAnswer)?.Status?.Error is not { Length: > 0 } words)
                return "";
            if (options.Value.ApiKey is { Length: > 0 } key)
                words = words.Replace(key, "***", StringComparison.Ordinal);
            return $" ({(words.Length > LongestReason ? words[..LongestReason] : words)})";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}

/// <summary>One call of the API. All of them may be repeated: they name what shall be, not what to add.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path with its parameters.</param>
/// <param name="Purpose">What it is for: completes "was asked to".</param>
/// <param name="IsQuery">True when a turn waits for it.</param>
/// <param name="HasFilter">True when its body may hold what a user asked for, and so may Qdrant's words about it.</param>
internal sealed record QdrantCall(HttpMethod Method, string Path, string Purpose, bool IsQuery = false, bool HasFilter = false);
