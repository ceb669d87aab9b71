using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AgentRec.Gateway.Access;
using AgentRec.Grains.Abstractions.Access;

namespace AgentRec.Tests.Contract;

[Collection(GatewayCollection.Name)]
public sealed partial class DocumentationTests(GatewayHost gateway)
{
    private static readonly string[] Calls =
    [
        "post /v1/sessions", "get /v1/sessions/{id}", "delete /v1/sessions/{id}", "post /v1/sessions/{id}/turns", "get /v1/sessions/{id}/turns/{turn}/events",
        "post /v1/sessions/{id}/feedback", "post /v1/interactions", "put /v1/items", "get /v1/items/{id}", "get /v1/users/{id}/export", "delete /v1/users/{id}", "post /v1/erasures/verify", "get /v1/users/{id}/memory", "patch /v1/users/{id}/memory",
        "delete /v1/users/{id}/memory", "get /v1/policies", "get /v1/policies/{name}", "put /v1/policies/{name}", "get /v1/certificates/{id}", "get /v1/certificates/{id}/window", "get /v1/cluster",
        "post /v1/certificates/verify", "get /v1/keys", "get /v1/models", "post /v1/keys/access", "get /v1/keys/access", "delete /v1/keys/access/{id}", "put /v1/models/active", "get /health/live", "get /health/ready",
    ];

    [Fact]
    public async Task Document_ListsEveryCall()
    {
        var operations = await Operations();
        Assert.Equal(Calls.Order(StringComparer.Ordinal), operations.Select(operation => operation.Call).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Operations_AreDescribedInFull()
    {
        foreach (var (call, operation) in await Operations())
        {
            Assert.True(operation.TryGetProperty("summary", out _), $"{call} has no summary");
            Assert.True(operation.TryGetProperty("operationId", out _), $"{call} has no operationId");
            var parameters = operation.TryGetProperty("parameters", out var listed) ? listed.EnumerateArray().ToArray() : [];
            Assert.All(parameters, parameter => Assert.True(parameter.TryGetProperty("description", out _), $"{call}: {parameter}"));
            Assert.Equal(PathParameter().Count(call), parameters.Count(parameter => parameter.GetProperty("in").GetString() == "path"));
            if (call.Split(' ')[0] is "post" or "put" or "patch")
            {
                var json = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
                Assert.True(json.TryGetProperty("example", out _), $"{call} has no example");
                Assert.NotEmpty(json.GetProperty("schema").EnumerateObject());
            }
            foreach (var response in operation.GetProperty("responses").EnumerateObject())
            {
                Assert.True(
                    response.Name is "204" || response.Value.GetProperty("content").EnumerateObject().All(media => media.Value.GetProperty("schema").EnumerateObject().Any()),
                    $"{call} answers {response.Name} with something unknown");
                if (response.Name[0] is '4' or '5')
                    Assert.True(response.Value.GetProperty("content").TryGetProperty("application/problem+json", out _), $"{call} {response.Name}");
            }
        }
    }

    [Fact]
    public async Task Operations_StateTheirScope()
    {
        var document = await Document();
        Assert.Equal("http", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").GetProperty("type").GetString());
        foreach (var (call, operation) in await Operations())
        {
            var needs = call.Contains(" /v1/", StringComparison.Ordinal) ? AccessTable.Of(operation.GetProperty("operationId").GetString()).Needs : AccessScopes.None;
            var stated = operation.TryGetProperty("security", out var security)
                ? security.EnumerateArray().SelectMany(one => one.GetProperty("bearer").EnumerateArray()).Select(scope => scope.GetString()!) : [];
            Assert.Equal(AccessScopeNames.NamesOf(needs), stated);
            Assert.Equal(needs is not AccessScopes.None, operation.GetProperty("responses").TryGetProperty("401", out _));
            Assert.Equal(needs is not AccessScopes.None, operation.GetProperty("responses").TryGetProperty("403", out _));
        }
    }

    [Fact]
    public async Task Turn_IsDescribedInBothForms_AndNeedsNoMember()
    {
        var document = await Document();
        var content = document.GetProperty("paths").GetProperty("/v1/sessions/{id}/turns").GetProperty("post").GetProperty("responses").GetProperty("200").GetProperty("content");
        Assert.Equal(["application/json", "text/event-stream"], content.EnumerateObject().Select(media => media.Name));
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.False(schemas.GetProperty("TurnBody").TryGetProperty("required", out var required) && required.GetArrayLength() > 0);
        Assert.Equal(["interactionId", "userId", "itemId", "type"], schemas.GetProperty("Interaction").GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.False(schemas.GetProperty("Interaction").GetProperty("properties").TryGetProperty("isConsumed", out _));
    }

    [Fact]
    public async Task References_AllResolve_AndSchemasSayWhatTheyAre()
    {
        var document = await Document();
        var schemas = document.GetProperty("components").GetProperty("schemas");
        var references = Reference().Matches(document.GetRawText()).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal).ToArray();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(schemas.TryGetProperty(reference, out _), reference));
        foreach (var schema in schemas.EnumerateObject())
        {
            Assert.NotEmpty(schema.Value.EnumerateObject());
            if (!schema.Value.TryGetProperty("properties", out var properties))
                continue;
            Assert.All(properties.EnumerateObject(), property => Assert.True(
                property.Value.EnumerateObject().Any(keyword => keyword.Name is "type" or "$ref" or "anyOf" or "oneOf" or "enum"), $"{schema.Name}.{property.Name}: {property.Value}"));
        }
    }

    [Fact]
    public async Task Page_LoadsNothingFromElsewhere()
    {
        var visited = new HashSet<string>(StringComparer.Ordinal);
        using var first = await gateway.Client.GetAsync("/docs");
        var page = first.StatusCode is HttpStatusCode.OK ? first : await gateway.Client.GetAsync(first.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        var html = await page.Content.ReadAsStringAsync();
        Assert.DoesNotMatch(@"(?:https?:)?//[a-z0-9]", html.Replace(gateway.Address.GetLeftPart(UriPartial.Authority), string.Empty, StringComparison.Ordinal));
        foreach (Match source in Source().Matches(html))
        {
            using var script = await gateway.Client.GetAsync(new Uri(page.RequestMessage!.RequestUri!, source.Groups[1].Value));
            Assert.Equal(HttpStatusCode.OK, script.StatusCode);
            visited.Add(source.Groups[1].Value);
        }
        Assert.NotEmpty(visited);
    }

    private async Task<JsonElement> Document()
    {
        var (status, document) = await gateway.Call("GET", "/openapi/v1.json");
        Assert.Equal(200, status);
        return document;
    }

    private async Task<IReadOnlyList<(string Call, JsonElement Operation)>> Operations() =>
    [
        .. from path in (await Document()).GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           select ($"{operation.Name} {path.Name}", operation.Value),
    ];

    [GeneratedRegex("#/components/schemas/([^\"]+)\"")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex PathParameter();

    [GeneratedRegex("<script[^>]* src=\"([^\"]+)\"")]
    private static partial Regex Source();
}
