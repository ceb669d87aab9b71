using System.Text;
using Microsoft.AspNetCore.Http;

namespace AgentRec.Gateway.Reading;

/// <summary>Answers with JSON exactly as the cluster gave it: of signed content every byte counts.</summary>
/// <param name="json">The JSON.</param>
/// <param name="status">The HTTP status.</param>
internal sealed class RawJson(string json, int status = StatusCodes.Status200OK) : IResult, IStatusCodeHttpResult
{
    /// <inheritdoc/>
    public int? StatusCode => status;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var body = Encoding.UTF8.GetBytes(json);
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = body.Length;
        await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
