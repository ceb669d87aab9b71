using System.Diagnostics;
using AgentRec.Gateway.Calls;
using AgentRec.Gateway.Paths;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace AgentRec.Gateway.Problems;

/// <summary>
/// The outermost step: gives every failed request a problem as its body, and notes how each request ended. The log names routes,
/// never paths: paths hold ids.
/// </summary>
/// <param name="next">The rest.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ProblemAnswers(RequestDelegate next, ILogger<ProblemAnswers> logger)
{
    private const int ClientClosedRequest = 499;

    /// <summary>Runs the rest and answers for what it leaves unanswered.</summary>
    /// <param name="context">The request.</param>
    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        Secure(context);
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null or 0 })
                await Refusals.OfStatus(context.Response.StatusCode).ExecuteAsync(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = ClientClosedRequest;
        }
        catch (Exception exception)
        {
            await Answer(context, exception);
        }
        finally
        {
            if (context.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<GatewayCall>() is not null)
                Answered(context.Request.Method, endpoint.RoutePattern.RawText, context.Response.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
    }

    private static void Secure(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XFrameOptions = "DENY";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
    }

    private async Task Answer(HttpContext context, Exception exception)
    {
        var refusal = exception switch
        {
            BadHttpRequestException bad => Refusals.OfStatus(bad.StatusCode),
            _ when Repetition.IsUnanswered(exception) => Refusals.ClusterUnavailable(),
            _ => Refusals.Internal(),
        };
        // Messages of exceptions may hold ids or a user's words.
        Failed(refusal.Code, exception.GetType().FullName, exception.StackTrace);
        FailedWith(exception);
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }
        context.Response.Clear();
        Secure(context);
        await refusal.ExecuteAsync(context);
    }
}
