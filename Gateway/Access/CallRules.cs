using AgentRec.Gateway.Problems;
using AgentRec.Grains.Abstractions.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AgentRec.Gateway.Access;

/// <summary>Puts the rules of <see cref="AccessTable"/> on calls.</summary>
internal static class CallRules
{
    /// <summary>Gives every call its rule, and lists the answers to callers that do not meet it.</summary>
    /// <param name="calls">The calls, each with a name.</param>
    public static void ApplyAccessTable(this IEndpointConventionBuilder calls) => calls.Finally(static call =>
    {
        var rule = AccessTable.Of(call.Metadata.OfType<IEndpointNameMetadata>().LastOrDefault()?.EndpointName);
        call.Metadata.Add(rule);
        if (rule.Needs is AccessScopes.None)
            return;
        foreach (var status in (ReadOnlySpan<int>)[StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests])
            call.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ApiProblem), [ApiProblem.MediaType]));
    });
}
