using AgentRec.Domain;
using AgentRec.Gateway.Problems;
using Microsoft.AspNetCore.Http;

namespace AgentRec.Gateway.Paths;

/// <summary>Decodes the ids that routing found in a path and holds them against the rule for ids, so that handlers only see valid ones.</summary>
internal sealed class RouteIds(RequestDelegate next)
{
    /// <summary>Decodes and checks.</summary>
    /// <param name="context">The request, routed.</param>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<GatewayCall>() is null)
            return next(context);
        foreach (var (name, value) in context.Request.RouteValues.ToArray())
        {
            var id = value is string encoded ? RawPath.Decode(encoded) : null;
            if (Identifier.Problem(id) is { } problem)
                return Refusals.InvalidParameter(name, problem).ExecuteAsync(context);
            context.Request.RouteValues[name] = id;
        }
        return next(context);
    }
}

/// <summary>Marks the calls of the sessions API among the endpoints of a host.</summary>
internal sealed class GatewayCall;
