using System.Text.Encodings.Web;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Users;
using Microsoft.AspNetCore.Http;

namespace AgentRec.Gateway.Users;

/// <summary>
/// Writes what is held of a user as one JSON document while it is read: a long history never stands in memory as a whole. The
/// first page is read before the answer begins, so that a cluster that is away is still answered with a problem.
/// </summary>
/// <param name="memory">What is remembered.</param>
/// <param name="first">The first page.</param>
/// <param name="read">Reads the page behind a sequence.</param>
internal sealed class UserExportAnswer(MemoryView memory, ExportPage first, Func<long, CancellationToken, Task<ExportPage>> read) : IResult
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.Headers.CacheControl = "no-store";
        var body = httpContext.Response.BodyWriter;
        await using var writer = new Utf8JsonWriter(body, Options);
        writer.WriteStartObject();
        writer.WriteString("userId", memory.UserId);
        writer.WritePropertyName("memory");
        JsonSerializer.Serialize(writer, memory, DomainJson.Options);
        writer.WriteStartArray("events");
        for (var page = first; ; page = await read(page.Next.Value, httpContext.RequestAborted))
        {
            foreach (var one in page.Events)
                writer.WriteRawValue(one);
            await writer.FlushAsync(httpContext.RequestAborted);
            await body.FlushAsync(httpContext.RequestAborted);
            if (page.Next is null)
                break;
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        await writer.FlushAsync(httpContext.RequestAborted);
    }
}
