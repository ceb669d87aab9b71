using System.Text.Json.Nodes;
using NJsonSchema;

namespace AgentRec.Tests.Contract.Qdrant;

/// <summary>
/// Qdrant's published API as JSON Schemas, read more strictly than OpenAPI asks for: <c>nullable</c> alone means null, and an object
/// with named properties has no others, so that a misspelt one is found.
/// </summary>
internal sealed class QdrantContract
{
    private static readonly string File = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "contracts", "qdrant-openapi.json"));
    private static readonly Lazy<Task<QdrantContract?>> Read = new(async () => IsPresent ? await ReadAsync() : null);
    private readonly JsonSchema _schemas;
    private readonly Dictionary<string, Operation> _operations;

    private QdrantContract(JsonSchema schemas, Dictionary<string, Operation> operations) => (_schemas, _operations) = (schemas, operations);

    /// <summary>Whether the document is beside the repository.</summary>
    public static bool IsPresent => System.IO.File.Exists(File);

    /// <summary>Why tests that need the document are skipped, if they are.</summary>
    public static string? SkipReason => IsPresent ? null : $"needs Qdrant's API document {File}";

    /// <summary>The contract; null where the document is not there.</summary>
    public static Task<QdrantContract?> FindAsync() => Read.Value;

    /// <summary>Says what is wrong with a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="template">The path with the parameters' names.</param>
    /// <param name="parameters">The names and values of the query.</param>
    /// <param name="body">The body; empty where there is none.</param>
    public IEnumerable<string> RequestProblems(string method, string template, IEnumerable<KeyValuePair<string, string>> parameters, string body)
    {
        if (!_operations.TryGetValue($"{method} {template}", out var operation))
            return [$"{method} {template} is no operation of the API"];
        List<string> problems = [];
        foreach (var (name, value) in parameters)
        {
            if (!operation.Parameters.TryGetValue(name, out var type))
                problems.Add($"{operation.Id} has no parameter '{name}'");
            else if (type switch { "boolean" => !bool.TryParse(value, out _), "integer" => !long.TryParse(value, out _), _ => false })
                problems.Add($"{operation.Id} was sent {name}={value}, which is no {type}");
        }
        if (operation.HasBody != body.Length > 0)
            problems.Add($"{operation.Id} was sent {body.Length} characters of body");
        else if (operation.HasBody)
            problems.AddRange(Problems($"request.{operation.Id}", body));
        return problems;
    }

    /// <summary>Says what is wrong with an answer.</summary>
    public IEnumerable<string> AnswerProblems(string method, string template, int status, string body) =>
        Problems(status == 200 ? $"answer.{_operations[$"{method} {template}"].Id}" : "ErrorResponse", body);

    private IEnumerable<string> Problems(string schema, string body)
    {
        try
        {
            return [.. _schemas.Definitions[schema].Validate(body).Select(error => $"{schema}: {error.Kind} at {error.Path}")];
        }
        catch (Newtonsoft.Json.JsonException exception)
        {
            return [$"{schema}: {exception.Message}"];
        }
    }

    private static async Task<QdrantContract> ReadAsync()
    {
        var document = JsonNode.Parse(await System.IO.File.ReadAllTextAsync(File))!;
        var definitions = document["components"]!["schemas"]!.DeepClone().AsObject();
        var operations = new Dictionary<string, Operation>(StringComparer.Ordinal);
        foreach (var (template, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, description) in methods!.AsObject())
            {
                var id = description!["operationId"]!.GetValue<string>();
                var request = description["requestBody"]?["content"]?["application/json"]?["schema"];
                if (request is not null)
                    definitions[$"request.{id}"] = request.DeepClone();
                if (description["responses"]?["200"]?["content"]?["application/json"]?["schema"] is { } answer)
                    definitions[$"answer.{id}"] = answer.DeepClone();
                var parameters = (description["parameters"]?.AsArray() ?? []).Where(parameter => parameter!["in"]!.GetValue<string>() == "query")
                    .ToDictionary(parameter => parameter!["name"]!.GetValue<string>(), parameter => parameter!["schema"]!["type"]?.GetValue<string>() ?? "", StringComparer.Ordinal);
                operations[$"{method.ToUpperInvariant()} {template}"] = new Operation(id, parameters, request is not null);
            }
        }
        Tighten(definitions, isProperties: true);
        var root = new JsonObject { ["definitions"] = definitions };
        return new QdrantContract(await JsonSchema.FromJsonAsync(root.ToJsonString()), operations);
    }

    /// <summary>Turns OpenAPI's dialect into JSON Schema's.</summary>
    /// <param name="node">What is turned, in place.</param>
    /// <param name="isProperties">True where the members' names are not the schema's but the data's.</param>
    private static void Tighten(JsonNode? node, bool isProperties = false)
    {
        if (node is JsonArray array)
        {
            foreach (var element in array)
                Tighten(element);
        }
        if (node is not JsonObject schema)
            return;
        foreach (var (name, member) in schema.ToArray())
        {
            if (isProperties || name is not ("example" or "examples" or "default"))
                Tighten(member, !isProperties && name is "properties");
        }
        if (isProperties)
            return;
        foreach (var noise in (string[])["example", "examples", "default", "description", "title"])
            schema.Remove(noise);
        if (schema["$ref"] is JsonValue reference)
            schema["$ref"] = reference.GetValue<string>().Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal);
        if (schema["properties"] is not null && schema["additionalProperties"] is null)
            schema["additionalProperties"] = false;
        if (schema["nullable"] is null)
            return;
        schema.Remove("nullable");
        schema["type"] = schema["type"] is { } type ? new JsonArray(type.DeepClone(), "null") : "null";
    }

    private sealed record Operation(string Id, Dictionary<string, string> Parameters, bool HasBody);
}

/// <summary>A test that needs Qdrant's API document; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class QdrantContractFactAttribute : FactAttribute
{
    public QdrantContractFactAttribute() => Skip = QdrantContract.SkipReason;
}

/// <summary>A theory that needs Qdrant's API document; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class QdrantContractTheoryAttribute : TheoryAttribute
{
    public QdrantContractTheoryAttribute() => Skip = QdrantContract.SkipReason;
}
