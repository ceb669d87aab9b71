using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AgentRec.Domain;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AgentRec.Gateway.Documentation;

/// <summary>Describes what converters write: from a converter alone nobody can tell the shape of its JSON.</summary>
internal sealed class DomainSchemas : IOpenApiSchemaTransformer
{
    private static readonly JsonSchemaType Scalar = JsonSchemaType.String | JsonSchemaType.Number | JsonSchemaType.Boolean;

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (IsValueOf(context, typeof(Constraint), typeof(Correction)))
            Scalars(schema, withArray: context.JsonPropertyInfo!.DeclaringType == typeof(Constraint));
        else if (type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?))
            (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
        else if (type == typeof(ImmutableSortedDictionary<string, ImmutableArray<string>>))
            Dictionary(schema, ScalarsOrArray());
        else if (type == typeof(ImmutableSortedDictionary<string, string>))
            Dictionary(schema, new OpenApiSchema { Type = Scalar });
        else if (type == typeof(ImmutableSortedDictionary<string, double>))
            Dictionary(schema, new OpenApiSchema { Type = JsonSchemaType.Number });
        else if (type == typeof(JsonElement))
            schema.Type = JsonSchemaType.Object;
        Trim(schema, context);
        return Task.CompletedTask;
    }

    /// <summary>Leaves what a record is made of: computed members are not sent, and members that may be absent are not required.</summary>
    private static void Trim(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        if (context.JsonTypeInfo.Kind is not JsonTypeInfoKind.Object || schema.Properties is null)
            return;
        foreach (var property in context.JsonTypeInfo.Properties)
        {
            if (property.AssociatedParameter is null)
                schema.Properties.Remove(property.Name);
            if (property.AssociatedParameter is null || !property.IsRequired || IsDefaulted(context.JsonTypeInfo.Type, property.Name))
                schema.Required?.Remove(property.Name);
        }
    }

    /// <summary>Rule sets come as files, in which everything with a default may be left out, and the server assigns the version.</summary>
    private static bool IsDefaulted(Type type, string member) =>
        (type == typeof(RuleSet) && member is not "rules") || (type == typeof(Rule) && member is not ("id" or "type" or "severity"))
        || type == typeof(Concession) || type == typeof(Agency);

    private static bool IsValueOf(OpenApiSchemaTransformerContext context, params Type[] owners) =>
        context.JsonPropertyInfo is { Name: "value" } property && owners.Contains(property.DeclaringType);

    private static void Dictionary(OpenApiSchema schema, OpenApiSchema values)
    {
        schema.Type = JsonSchemaType.Object;
        schema.AdditionalProperties = values;
    }

    private static void Scalars(OpenApiSchema schema, bool withArray)
    {
        schema.Type = null;
        schema.Items = null;
        schema.AnyOf = withArray ? ScalarsOrArray().AnyOf : [new OpenApiSchema { Type = Scalar }];
    }

    private static OpenApiSchema ScalarsOrArray() => new()
    {
        AnyOf =
        [
            new OpenApiSchema { Type = Scalar },
            new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = Scalar } },
        ],
    };
}
