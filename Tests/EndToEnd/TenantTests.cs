using System.Net;
using System.Text;
using System.Text.Json;
using AgentRec.Gateway.Access;
using AgentRec.Import.Sample;
using AgentRec.Tests.Cluster;
using AgentRec.Tests.Cluster.Tenants;
using AgentRec.Tests.Unit;

namespace AgentRec.Tests.EndToEnd;

/// <summary>Two tenants that are served by one node: every call is tried by the admin of one with the ids of the other.</summary>
[Collection(ProcessCollection.Name), Trait("Category", "EndToEnd")]
public sealed class TenantTests
{
    private const string User = "visitor-of-ours";
    private const string Policy = "only-ours";
    private const string Rules = """{"name":"only-ours","rules":[{"id":"no-war","type":"exclude","facet":"genre","values":["War"],"severity":"safety"}]}""";

    [Fact]
    public async Task EveryCall_WithTheIdsOfAnotherTenant_FindsNothingAndChangesNothing()
    {
        using var folder = new TempFolder();
        var store = Path.Combine(folder.Path, "store");
        await SampleStore.CopyAsync(store);
        await SecondTenant.AddAsync(store, "b");
        var (ours, theirs) = (await KeyAsync(store, "default"), await KeyAsync(store, "b"));
        await using var node = await NodeProcess.StartAsync(store);
        var ids = await LiveAsync(node, ours);
        var before = await StateAsync(node, ours, ids);

        var tries = Tries(ids, ours);
        // A new call needs a line here.
        Assert.Equal(AccessTable.Operations.Order(StringComparer.Ordinal), tries.Keys.Order(StringComparer.Ordinal));
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (operation, (method, path, body, expected)) in tries.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            var (status, text) = await SendAsync(node, theirs, method, path, body);
            Assert.True(status == expected, $"{operation} answered {status}, not {expected}: {text}");
            answers.Add(operation, text);
        }

        Assert.Equal(before, await StateAsync(node, ours, ids));
        // What is answered at all holds nothing of the other tenant's.
        Assert.Equal(0, Json("getMemory").GetProperty("interactions").GetInt32());
        Assert.All(Json("exportUser").GetProperty("events").EnumerateArray(), one => Assert.NotEqual("turn", one.GetProperty("event").GetProperty("kind").GetString()));
        Assert.Equal(0, Json("eraseUser").GetProperty("removed").GetProperty("interactions").GetInt64());
        Assert.DoesNotContain(ours[5..21], answers["listAccessKeys"], StringComparison.Ordinal);
        Assert.Contains(theirs[5..21], answers["listAccessKeys"], StringComparison.Ordinal);
        Assert.False(Json("verifyCertificate").GetProperty("valid").GetBoolean());
        Assert.Equal(1, Json("recordInteractions").GetProperty("rejected").GetArrayLength());
        Assert.DoesNotContain(ids.Model, answers["listModels"], StringComparison.Ordinal);
        // An id that both have is an item of each.
        var (_, shared) = await SendAsync(node, theirs, "GET", $"/v1/items/{SecondTenant.Items[9].ItemId}", null);
        Assert.Equal(SecondTenant.Items[9].Title, JsonDocument.Parse(shared).RootElement.GetProperty("title").GetString());
        foreach (var text in answers.Values)
        {
            Assert.DoesNotContain(ids.Session, text, StringComparison.Ordinal);
            Assert.DoesNotContain(ids.Window, text, StringComparison.Ordinal);
        }

        JsonElement Json(string operation) => JsonDocument.Parse(answers[operation]).RootElement;
    }

    private static Dictionary<string, (string Method, string Path, string? Body, HttpStatusCode Status)> Tries(Ids ids, string ours) => new(StringComparer.Ordinal)
    {
        ["openSession"] = ("POST", "/v1/sessions", $$"""{"userId":"{{User}}"}""", HttpStatusCode.Created),
        ["getSession"] = ("GET", $"/v1/sessions/{ids.Session}", null, HttpStatusCode.NotFound),
        ["closeSession"] = ("DELETE", $"/v1/sessions/{ids.Session}", null, HttpStatusCode.NotFound),
        ["takeTurn"] = ("POST", $"/v1/sessions/{ids.Session}/turns", "{}", HttpStatusCode.NotFound),
        ["followTurn"] = ("GET", $"/v1/sessions/{ids.Session}/turns/1/events", null, HttpStatusCode.NotFound),
        ["giveFeedback"] = ("POST", $"/v1/sessions/{ids.Session}/feedback", $$"""{"interactionId":"x","itemId":"{{ids.Item}}","type":"like"}""", HttpStatusCode.NotFound),
        // Any id is a user of one's own.
        ["getMemory"] = ("GET", $"/v1/users/{User}/memory", null, HttpStatusCode.OK),
        ["correctMemory"] = ("PATCH", $"/v1/users/{User}/memory", """{"corrections":[{"facet":"genre","value":"Drama","attitude":"never"}]}""", HttpStatusCode.OK),
        ["forgetMemory"] = ("DELETE", $"/v1/users/{User}/memory", null, HttpStatusCode.NoContent),
        ["exportUser"] = ("GET", $"/v1/users/{User}/export", null, HttpStatusCode.OK),
        ["eraseUser"] = ("DELETE", $"/v1/users/{User}", null, HttpStatusCode.OK),
        ["verifyErasureReceipt"] = ("POST", "/v1/erasures/verify", """{"receipt":{}}""", HttpStatusCode.OK),
        ["recordInteractions"] = ("POST", "/v1/interactions", $$"""[{"interactionId":"x","userId":"{{User}}","itemId":"{{ids.Only}}","type":"like"}]""", HttpStatusCode.OK),
        ["putItems"] = ("PUT", "/v1/items", $$"""[{"itemId":"{{ids.Item}}","title":"Taken over"}]""", HttpStatusCode.OK),
        ["getItem"] = ("GET", $"/v1/items/{ids.Only}", null, HttpStatusCode.NotFound),
        ["listPolicies"] = ("GET", "/v1/policies", null, HttpStatusCode.OK),
        ["getPolicy"] = ("GET", $"/v1/policies/{Policy}", null, HttpStatusCode.NotFound),
        ["putPolicy"] = ("PUT", "/v1/policies/of-b", Rules.Replace(Policy, "of-b", StringComparison.Ordinal), HttpStatusCode.Created),
        ["listModels"] = ("GET", "/v1/models", null, HttpStatusCode.OK),
        ["activateModel"] = ("PUT", "/v1/models/active", $$"""{"version":"{{ids.Model}}"}""", HttpStatusCode.NotFound),
        ["getCertificate"] = ("GET", $"/v1/certificates/{ids.Certificate}", null, HttpStatusCode.NotFound),
        ["getWindow"] = ("GET", $"/v1/certificates/{ids.Certificate}/window", null, HttpStatusCode.NotFound),
        ["verifyCertificate"] = ("POST", "/v1/certificates/verify", $$"""{"certificate":{{ids.CertificateText}}}""", HttpStatusCode.OK),
        ["createAccessKey"] = ("POST", "/v1/keys/access", """{"name":"n","scopes":["admin"],"tenant":"default"}""", HttpStatusCode.Forbidden),
        ["listAccessKeys"] = ("GET", "/v1/keys/access", null, HttpStatusCode.OK),
        ["revokeAccessKey"] = ("DELETE", $"/v1/keys/access/{ours[5..21]}", null, HttpStatusCode.NotFound),
        ["getCluster"] = ("GET", "/v1/cluster", null, HttpStatusCode.Forbidden),
        ["listKeys"] = ("GET", "/v1/keys", null, HttpStatusCode.OK),
    };

    /// <summary>A user of the default tenant with a session, a turn, a like and a policy.</summary>
    private static async Task<Ids> LiveAsync(NodeProcess node, string key)
    {
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(node, key, "PUT", $"/v1/policies/{Policy}", Rules)).Status);
        var session = Json((await SendAsync(node, key, "POST", "/v1/sessions", $$"""{"userId":"{{User}}"}""")).Text).GetProperty("sessionId").GetString()!;
        var turn = Json((await SendAsync(node, key, "POST", $"/v1/sessions/{session}/turns", """{"policy":"only-ours","questions":"never"}""")).Text);
        var item = turn.GetProperty("slate").GetProperty("items")[0].GetProperty("itemId").GetString()!;
        await SendAsync(node, key, "POST", $"/v1/sessions/{session}/feedback", $$"""{"interactionId":"ours","itemId":"{{item}}","type":"like"}""");
        var certificate = turn.GetProperty("certificateId").GetString()!;
        return new Ids(
            session, item, SampleWorld.Films()[SecondTenant.Count + 5].ItemId, Json((await SendAsync(node, key, "GET", "/v1/models", null)).Text).GetProperty("active").GetString()!, certificate,
            (await SendAsync(node, key, "GET", $"/v1/certificates/{certificate}", null)).Text, (await SendAsync(node, key, "GET", $"/v1/certificates/{certificate}/window", null)).Text);
    }

    /// <summary>What the default tenant reads of itself.</summary>
    private static async Task<string> StateAsync(NodeProcess node, string key, Ids ids)
    {
        var state = new StringBuilder();
        foreach (var path in new[] { $"/v1/users/{User}/export", $"/v1/sessions/{ids.Session}", $"/v1/policies/{Policy}", "/v1/policies", $"/v1/certificates/{ids.Certificate}/window", $"/v1/items/{ids.Item}", "/v1/models", "/v1/keys" })
            state.AppendLine((await SendAsync(node, key, "GET", path, null)).Text);
        return state.ToString();
    }

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(NodeProcess node, string key, string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new("Bearer", key);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await node.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<string> KeyAsync(string store, string tenant)
    {
        var (code, output, error) = await CliProcess.RunAsync(
            new Dictionary<string, string>(StringComparer.Ordinal), "keys", "create", "--name", tenant, "--scopes", "admin", "--tenant", tenant, "--store", store);
        Assert.True(code == 0, error);
        return output.Trim();
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private sealed record Ids(string Session, string Item, string Only, string Model, string Certificate, string CertificateText, string Window);
}
