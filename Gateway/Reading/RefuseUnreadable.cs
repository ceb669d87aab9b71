using Microsoft.AspNetCore.Http;

namespace AgentRec.Gateway.Reading;

/// <summary>Answers requests whose arguments were refused, before their handlers run.</summary>
internal sealed class RefuseUnreadable : IEndpointFilter
{
    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
        {
            if (argument is IRefusable { Refusal: { } refusal })
                return ValueTask.FromResult<object?>(refusal);
        }
        return next(context);
    }
}
