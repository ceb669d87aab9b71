using System.Net;
using System.Text.Json;
using AgentRec.Gateway.Access;
using AgentRec.Grains.Abstractions.Access;
using Microsoft.Extensions.Options;

namespace AgentRec.Tests.Contract.Access;

/// <summary>A gateway that has keys, and one that has none.</summary>
[Collection(GatewayCollection.Name)]
public sealed class AccessTests : IAsyncLifetime
{
    private static readonly AccessScopes[] Scopes = [AccessScopes.Read, AccessScopes.Sessions, AccessScopes.Ingest, AccessScopes.Admin];

    private readonly GatewayHost gateway = new();
    private Dictionary<AccessScopes, (string Name, string Value)> keys = null!;

    public async Task InitializeAsync()
    {
        keys = Scopes.ToDictionary(scope => scope, scope => gateway.Key(scope));
        await gateway.InitializeAsync();
    }

    public async Task DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task EveryCall_TakesItsScopeAndAdmin_AndRefusesOthersNamingIt()
    {
        var calls = await CallsAsync();
        Assert.Equal(AccessTable.Operations.Order(StringComparer.Ordinal), calls.Select(call => call.Operation).Order(StringComparer.Ordinal));
        foreach (var (method, path, operation) in calls)
        {
            var needed = AccessTable.Of(operation).Needs;
            foreach (var scope in Scopes)
            {
                using var response = await gateway.Send(method, path, method is "GET" or "DELETE" ? null : "[", headers: keys[scope]);
                if (needed is AccessScopes.None || scope == needed || scope is AccessScopes.Admin)
                {
                    Assert.False(response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{operation} refuses {scope}");
                    continue;
                }
                Assert.True(response.StatusCode is HttpStatusCode.Forbidden, $"{operation} answers {scope} with {response.StatusCode}");
                var name = AccessScopeNames.NamesOf(needed).Single();
                Assert.Equal($"Bearer realm=\"agentrec\", error=\"insufficient_scope\", scope=\"{name}\"", response.Headers.WwwAuthenticate.Single().ToString());
                var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
                Assert.Equal(("scope-missing", name), (problem.GetProperty("code").GetString(), problem.GetProperty("errors").GetProperty("scope")[0].GetString()));
            }
        }
    }

    [Fact]
    public async Task EveryCall_WithoutAKey_Is401_ButForPublicKeysHealthAndDocuments()
    {
        foreach (var (method, path, operation) in await CallsAsync())
        {
            using var response = await gateway.Send(method, path, method is "GET" or "DELETE" ? null : "[");
            if (AccessTable.Of(operation).Needs is AccessScopes.None)
            {
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                continue;
            }
            Assert.True(response.StatusCode is HttpStatusCode.Unauthorized, $"{operation} answers {response.StatusCode}");
            Assert.Equal("Bearer realm=\"agentrec\"", response.Headers.WwwAuthenticate.Single().ToString());
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        }
        foreach (var path in new[] { "/health/live", "/health/ready", "/openapi/v1.json" })
            Assert.Equal(200, (await gateway.Call("GET", path)).Status);
    }

    [Fact]
    public async Task WrongKeys_AllLookTheSame()
    {
        var (expired, unknown) = (gateway.Key(AccessScopes.Read, expiresAt: FakeAccessKeys.Made), GatewayHost.Bearer(AccessSecret.Create().Reveal()));
        var right = keys[AccessScopes.Read].Value;
        string[] headers =
        [
            expired.Value, unknown.Value, right[..^1] + (right[^1] == '0' ? '1' : '0'), right + "0", right.Replace("Bearer ", "Basic ", StringComparison.Ordinal),
            right["Bearer ".Length..], "Bearer", "Bearer ", "Bearer eyJhbGciOiJub25lIn0.e30.", right + ", " + right,
        ];
        var answers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var header in headers)
        {
            using var response = await gateway.Send("GET", "/v1/policies", headers: ("Authorization", header));
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            answers.Add(response.Headers.WwwAuthenticate + problem.GetProperty("code").GetString() + problem.GetProperty("detail").GetString());
        }
        Assert.Single(answers);
        Assert.Equal(200, (await gateway.Call("GET", "/v1/policies", null, ("Authorization", right.Replace("Bearer", "bearer", StringComparison.Ordinal)))).Status);
    }

    [Fact]
    public async Task Keys_AreMadeListedAndRevoked_AndTheSecretIsShownOnce()
    {
        var admin = keys[AccessScopes.Admin];
        var (status, made) = await gateway.Call("POST", "/v1/keys/access", """{"name":"shop","scopes":["read","sessions"],"expiresInDays":1}""", admin);
        Assert.Equal(201, status);
        var (key, id) = (made.GetProperty("key").GetString()!, made.GetProperty("access").GetProperty("id").GetString()!);
        Assert.StartsWith($"arec_{id}_", key, StringComparison.Ordinal);
        Assert.Equal(["sessions", "read"], made.GetProperty("access").GetProperty("scopes").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(200, (await gateway.Call("GET", "/v1/policies", null, GatewayHost.Bearer(key))).Status);

        var (_, list) = await gateway.Call("GET", "/v1/keys/access", null, admin);
        Assert.Contains(id, list.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(key[^64..], list.GetRawText(), StringComparison.Ordinal);

        Assert.Equal(204, (await gateway.Call("DELETE", $"/v1/keys/access/{id}", null, admin)).Status);
        Assert.Equal(401, (await gateway.Call("GET", "/v1/policies", null, GatewayHost.Bearer(key))).Status);
        Assert.Equal(404, (await gateway.Call("DELETE", "/v1/keys/access/none", null, admin)).Status);
    }

    [Theory]
    [InlineData("""{"name":"n"}""", "scopes")]
    [InlineData("""{"name":"n","scopes":[]}""", "scopes")]
    [InlineData("""{"name":"n","scopes":["all"]}""", "scopes")]
    [InlineData("""{"name":" ","scopes":["read"]}""", "name")]
    [InlineData("""{"name":"n","scopes":["read"],"expiresInDays":0}""", "expiresInDays")]
    [InlineData("""{"name":"n","scopes":["read"],"tenant":""}""", "tenant")]
    public async Task Key_WronglyAskedFor_IsRefusedNamingTheField(string body, string field)
    {
        var (status, problem) = await gateway.Call("POST", "/v1/keys/access", body, keys[AccessScopes.Admin]);
        Assert.Equal((422, field), (status, problem.GetProperty("errors").EnumerateObject().Single().Name));
    }

    [Fact]
    public async Task AdminOfATenant_ManagesItsOwnKeysAlone()
    {
        var acme = gateway.Key(AccessScopes.Admin, "acme");
        var foreign = keys[AccessScopes.Read].Value["Bearer arec_".Length..][..16];
        Assert.Equal(404, (await gateway.Call("DELETE", $"/v1/keys/access/{foreign}", null, acme)).Status);
        Assert.Equal(403, (await gateway.Call("POST", "/v1/keys/access", """{"name":"n","scopes":["read"],"tenant":"default"}""", acme)).Status);
        var (status, made) = await gateway.Call("POST", "/v1/keys/access", """{"name":"n","scopes":["read"]}""", acme);
        Assert.Equal((201, "acme"), (status, made.GetProperty("access").GetProperty("tenant").GetString()));
        var (_, list) = await gateway.Call("GET", "/v1/keys/access", null, acme);
        Assert.Equal(["acme", "acme"], list.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("tenant").GetString()));
        Assert.Equal(201, (await gateway.Call("POST", "/v1/keys/access", """{"name":"n","scopes":["read"],"tenant":"acme"}""", keys[AccessScopes.Admin])).Status);
    }

    [Fact]
    public async Task OpenGateway_ServesTheMachineAlone_UntilTheFirstKeyIsMade()
    {
        var open = new GatewayHost();
        await open.InitializeAsync();
        Assert.Equal(200, (await open.Call("GET", "/v1/policies")).Status);
        var (status, problem) = await open.Call("GET", "/v1/policies", null, ("X-Forwarded-For", "10.0.0.1"));
        Assert.Equal((403, "loopback-only"), (status, problem.GetProperty("code").GetString()));
        var (_, made) = await open.Call("POST", "/v1/keys/access", """{"name":"first","scopes":["admin"]}""");
        Assert.Equal(401, (await open.Call("GET", "/v1/policies")).Status);
        Assert.Equal(200, (await open.Call("GET", "/v1/policies", null, GatewayHost.Bearer(made.GetProperty("key").GetString()!))).Status);
        await open.DisposeAsync();
    }

    [Fact]
    public async Task ForcedOpenGateway_StaysOpenBesideKeys()
    {
        var open = new GatewayHost();
        open.Settings["Access:Mode"] = "open";
        open.Key(AccessScopes.Admin);
        await open.InitializeAsync();
        Assert.Equal(200, (await open.Call("GET", "/v1/policies")).Status);
        Assert.Equal(403, (await open.Call("GET", "/v1/policies", null, ("Via", "1.1 proxy"))).Status);
        await open.DisposeAsync();
    }

    [Theory]
    [InlineData("auto", "there is no access key")]
    [InlineData("open", "Access:Mode is open")]
    public async Task Gateway_ReachedFromElsewhereAndOpen_DoesNotStart(string mode, string said)
    {
        var exposed = new GatewayHost { Url = "http://0.0.0.0:0" };
        exposed.Settings["Access:Mode"] = mode;
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(exposed.InitializeAsync);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateway_ReachedFromElsewhereWithAKey_Starts()
    {
        var exposed = new GatewayHost { Url = "http://0.0.0.0:0" };
        var key = exposed.Key(AccessScopes.Read);
        await exposed.InitializeAsync();
        Assert.Equal((401, 200), ((await exposed.Call("GET", "/v1/policies")).Status, (await exposed.Call("GET", "/v1/policies", null, key)).Status));
        await exposed.DisposeAsync();
    }

    private async Task<IReadOnlyList<(string Method, string Path, string Operation)>> CallsAsync()
    {
        var (_, document) = await gateway.Call("GET", "/openapi/v1.json");
        return
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
               where path.Name.StartsWith("/v1/", StringComparison.Ordinal)
               from operation in path.Value.EnumerateObject()
               select (operation.Name.ToUpperInvariant(), path.Name.Replace("{turn}", "1", StringComparison.Ordinal).Replace("{id}", "none", StringComparison.Ordinal).Replace("{name}", "none", StringComparison.Ordinal),
                   operation.Value.GetProperty("operationId").GetString()!),
        ];
    }
}
