using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scalar.AspNetCore;

namespace AgentRec.Gateway.Documentation;

/// <summary>The OpenAPI document and the page that shows it.</summary>
internal static class ApiDocument
{
    /// <summary>Adds what makes the document.</summary>
    /// <param name="services">The host's services.</param>
    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1");

    /// <summary>Adds document and page.</summary>
    /// <param name="routes">Where to.</param>
    public static void MapApiDocument(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json");
        routes.MapScalarApiReference("/docs");
    }
}
