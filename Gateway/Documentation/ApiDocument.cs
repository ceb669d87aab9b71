using System.Text.Json.Nodes;
using AgentRec.Gateway.Policies;
using AgentRec.Gateway.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace AgentRec.Gateway.Documentation;

/// <summary>The OpenAPI document and the page that shows it.</summary>
internal static class ApiDocument
{
    private const string Page = "/docs";

    /// <summary>The page is served from here alone: it must work where there is no network, and must not tell anybody who reads it.</summary>
    private const string OnlyFromHere =
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

    /// <summary>Adds what makes the document.</summary>
    /// <param name="services">The host's services.</param>
    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer(Introduce);
        options.AddDocumentTransformer(SecurityDocumentation.Describe);
        options.AddOperationTransformer(SecurityDocumentation.Require);
        options.AddOperationTransformer(DescribeParameters);
        options.AddOperationTransformer(ShowExample);
        options.AddSchemaTransformer<DomainSchemas>();
    });

    /// <summary>Adds document and page.</summary>
    /// <param name="routes">Where to.</param>
    public static void MapApiDocument(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json");
        var page = routes.MapScalarApiReference(Page, static options =>
        {
            options.Title = "AgentRec";
            options.DefaultFonts = false;
        });
        page.AddEndpointFilter(static (context, next) =>
        {
            context.HttpContext.Response.Headers.ContentSecurityPolicy = OnlyFromHere;
            return next(context);
        });
    }

    private static Task Introduce(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "AgentRec",
            Version = "v1",
            Description =
                """
                Recommendations negotiated by agents, each with a certificate that anyone can check.

                Ids are 1 to 128 Unicode characters without control characters, percent-encoded in paths. Errors are problem details (RFC 9457) with a stable `code`, and with `errors` by field where fields are at fault: 401 without a valid access key, 403 without the scope that the call needs, 400 for what cannot be read, 422 for fields that break rules. Members that a call does not know are refused, so that a misspelt one is noticed.
                """,
        };
        document.Servers = [];
        return Task.CompletedTask;
    }

    private static async Task DescribeParameters(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Description ??= (parameter.In, parameter.Name) switch
            {
                (ParameterLocation.Path, "turn") => "The turn's number, from 1.",
                (ParameterLocation.Path, _) => "The id, percent-encoded (also `/`, as `%2F`).",
                (_, "version") => "The version, from 1; the newest one without it.",
                (_, "summary") => "`true`: add `summary`, the memory in a few words.",
                (_, "dryRun") => "`true`: store nothing, report how the newest slates would fare.",
                (_, "slates") => "How many slates a dry run looks at, 1 to 1,000; 1,000 without it.",
                _ => null,
            };
        }
        switch (operation.OperationId)
        {
            case "takeTurn":
                // One status can only state one type by metadata; the other form of the answer is added here.
                operation.Responses?["200"].Content?.Add(EventStream.MediaType, new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
                Add(ParameterLocation.Header, TurnKey.Header, "The turn's id, as an alternative to `turnId`; where both are given they must be equal.", JsonSchemaType.String);
                break;
            case "putPolicy":
                var stored = operation.Responses!["200"].Content!["application/json"];
                stored.Schema = new OpenApiSchema { OneOf = [stored.Schema!, await context.GetOrCreateSchemaAsync(typeof(DryRunReport), null, cancellationToken)] };
                break;
            case "followTurn":
                Add(ParameterLocation.Header, ResumePoint.Header, "The number of the last event seen; the stream goes on behind it.", JsonSchemaType.Integer);
                Add(ParameterLocation.Query, ResumePoint.Query, "The same for clients that cannot set the header, which wins.", JsonSchemaType.Integer);
                break;
        }

        void Add(ParameterLocation place, string name, string description, JsonSchemaType type) =>
            (operation.Parameters ??= []).Add(new OpenApiParameter { In = place, Name = name, Description = description, Schema = new OpenApiSchema { Type = type } });
    }

    private static Task ShowExample(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (operation.RequestBody?.Content?.TryGetValue("application/json", out var body) is true && Examples.Of(operation.OperationId) is { } example)
            body.Example = JsonNode.Parse(example);
        return Task.CompletedTask;
    }
}
