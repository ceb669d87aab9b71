using AgentRec.Gateway.Access;
using AgentRec.Grains.Abstractions.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AgentRec.Gateway.Documentation;

/// <summary>Says in the OpenAPI document how callers prove who they are, and which scope each call needs.</summary>
internal static class SecurityDocumentation
{
    private const string Scheme = "bearer";

    /// <summary>Describes the scheme.</summary>
    public static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = $"An access key, `arec_...`, or a token of the issuer that the node is configured for. Scopes are {AccessScopeNames.All}; `admin` includes the others. A node without keys serves callers on its own machine without one.",
        };
        return Task.CompletedTask;
    }

    /// <summary>Says what a call needs.</summary>
    public static Task Require(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var rule = context.Description.ActionDescriptor.EndpointMetadata.OfType<CallRule>().LastOrDefault();
        operation.Security = rule is null or { Needs: AccessScopes.None }
            ? []
            : [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [.. AccessScopeNames.NamesOf(rule.Needs)] }];
        return Task.CompletedTask;
    }
}
