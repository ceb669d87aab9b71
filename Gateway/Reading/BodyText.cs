using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AgentRec.Gateway.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AgentRec.Gateway.Reading;

/// <summary>Reads bodies within their limits and says what is wrong with them before anything is made of them.</summary>
internal static class BodyText
{
    /// <summary>Reads a whole body as UTF-8.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">The greatest number of bytes.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async ValueTask<(ReadOnlyMemory<byte> Bytes, Refusal? Refusal)> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
            return (default, Refusals.BodyTooLarge(limit));
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = null;
        var body = new ArrayBufferWriter<byte>(Math.Max(1, (int)(request.ContentLength ?? 1024)));
        while (true)
        {
            var read = await request.Body.ReadAsync(body.GetMemory(4096), cancellationToken);
            if (read == 0)
                break;
            body.Advance(read);
            if (body.WrittenCount > limit)
                return (default, Refusals.BodyTooLarge(limit));
        }
        var bytes = body.WrittenMemory;
        if (bytes.Span.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        return Utf8.IsValid(bytes.Span) ? (bytes, null) : (default, Refusals.WrongBody("It is not valid UTF-8."));
    }

    /// <summary>Parses a body.</summary>
    /// <param name="bytes">The body, UTF-8.</param>
    public static (JsonDocument? Document, Refusal? Refusal) Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            if (HalfSurrogate(bytes.Span) is { } place)
                return (null, Refusals.MalformedJson($"Byte {place}: the text holds an escaped half of a surrogate pair."));
            return (JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = ApiJson.MaximumDepth, AllowDuplicateProperties = false }), null);
        }
        catch (JsonException exception)
        {
            return (null, Refusals.MalformedJson(bytes.IsEmpty ? "The body is empty." : exception.Message));
        }
    }

    private static long? HalfSurrogate(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = ApiJson.MaximumDepth });
        while (reader.Read())
        {
            if (!reader.ValueIsEscaped)
                continue;
            try
            {
                reader.GetString();
            }
            catch (InvalidOperationException)
            {
                return reader.TokenStartIndex;
            }
        }
        return null;
    }
}
