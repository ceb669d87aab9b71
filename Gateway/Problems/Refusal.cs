using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AgentRec.Gateway.Reading;
using Microsoft.AspNetCore.Http;

namespace AgentRec.Gateway.Problems;

/// <summary>A request that is answered with a problem.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The kind of problem for programs.</param>
/// <param name="Title">The kind of problem in words.</param>
internal sealed record Refusal(int Status, string Code, string Title) : IResult, IStatusCodeHttpResult
{
    /// <summary>What went wrong this time and what helps.</summary>
    public string? Detail { get; init; }

    /// <summary>By field, what is wrong with it.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Seconds after which a repetition may succeed.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>How the caller may prove who it is.</summary>
    public string? Challenge { get; init; }

    int? IStatusCodeHttpResult.StatusCode => Status;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var problem = new ApiProblem(
            "urn:agentrec:problem:" + Code, Title, Status, Code, Detail, Errors, Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier);
        var body = JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Options);
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = ApiProblem.MediaType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (Challenge is not null)
            response.Headers.WWWAuthenticate = Challenge;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
