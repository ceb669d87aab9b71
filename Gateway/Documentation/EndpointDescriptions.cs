using AgentRec.Gateway.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AgentRec.Gateway.Documentation;

/// <summary>Says of a call what the documentation shows.</summary>
internal static class EndpointDescriptions
{
    /// <summary>Names a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="operationId">Its name in generated clients.</param>
    /// <param name="tag">The resource.</param>
    /// <param name="summary">What it does, in half a sentence.</param>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder call, string operationId, string tag, string summary) =>
        call.WithName(operationId).WithTags(tag).WithSummary(summary);

    /// <summary>Says what a client should know beyond the summary.</summary>
    /// <param name="call">The call.</param>
    /// <param name="text">Whole sentences.</param>
    public static RouteHandlerBuilder Explain(this RouteHandlerBuilder call, string text) => call.WithDescription(text);

    /// <summary>Lists the statuses that a call refuses requests with; 503 is possible for every call into the cluster.</summary>
    /// <param name="call">The call.</param>
    /// <param name="statuses">The statuses beside 503.</param>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder call, params int[] statuses)
    {
        foreach (var status in statuses)
            call.Produces<ApiProblem>(status, ApiProblem.MediaType);
        return call.Produces<ApiProblem>(StatusCodes.Status503ServiceUnavailable, ApiProblem.MediaType);
    }
}
