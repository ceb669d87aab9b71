using System.Net;
using System.Text.Json;
using AgentRec.Tests.Cluster;
using AgentRec.Tests.Unit;

namespace AgentRec.Tests.EndToEnd;

/// <summary><c>agentrec keys</c> on a store and through a node, and what the node lets through.</summary>
[Collection(ProcessCollection.Name), Trait("Category", "EndToEnd")]
public sealed class AccessTests
{
    private static readonly Dictionary<string, string> NoKey = new(StringComparer.Ordinal);

    [Fact]
    public async Task Keys_OpenTheNodeTheyAreMadeFor_AndAppearInNoLog()
    {
        using var folder = new TempFolder();
        var store = Path.Combine(folder.Path, "store");
        await SampleStore.CopyAsync(store);
        var admin = await KeyAsync(NoKey, "--name", "ops", "--scopes", "admin", "--store", store);

        var trace = new Dictionary<string, string>(StringComparer.Ordinal) { ["AGENTREC_Logging__Console__LogLevel__Default"] = "Trace", ["AGENTREC_Access__CacheSeconds"] = "1" };
        await using var node = await NodeProcess.StartAsync(store, trace);
        var url = node.Http.BaseAddress!.ToString();
        var holder = new Dictionary<string, string>(StringComparer.Ordinal) { ["AGENTREC_API_KEY"] = admin };
        Assert.Contains("--url", await FailedAsync(NoKey, "keys", "list", "--store", store), StringComparison.Ordinal);
        Assert.Contains("key-missing", await FailedAsync(NoKey, "keys", "list", "--url", url), StringComparison.Ordinal);
        var shop = await KeyAsync(holder, "--name", "shop", "--scopes", "sessions,read", "--url", url);
        Assert.Contains("shop", await DoneAsync(holder, "keys", "list", "--url", url), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Unauthorized, (await node.PostAsync("/v1/sessions", new { userId = "u" })).Status);
        var invented = shop[..^4] + "0000";
        node.Http.DefaultRequestHeaders.Authorization = new("Bearer", invented);
        Assert.Equal(HttpStatusCode.Unauthorized, (await node.PostAsync("/v1/sessions", new { userId = "u" })).Status);
        node.Http.DefaultRequestHeaders.Authorization = new("Bearer", shop);
        var (status, session) = await node.PostAsync("/v1/sessions", new { userId = "u" });
        Assert.Equal(HttpStatusCode.Created, status);
        var (_, turn) = await node.PostAsync($"/v1/sessions/{session.GetProperty("sessionId").GetString()}/turns", new { slateSize = 5 });
        Assert.Equal(5, turn.GetProperty("slate").GetProperty("items").GetArrayLength());
        var certificate = JsonDocument.Parse(await node.GetTextAsync($"/v1/certificates/{turn.GetProperty("certificateId").GetString()}")).RootElement;
        Assert.True((await node.PostAsync("/v1/certificates/verify", new { certificate })).Body.GetProperty("valid").GetBoolean());
        Assert.Equal(HttpStatusCode.Forbidden, (await node.PostAsync("/v1/keys/access", new { name = "n", scopes = new[] { "admin" } })).Status);

        Assert.Contains("is revoked", await DoneAsync(holder, "keys", "revoke", shop[5..21], "--url", url), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await node.PostAsync("/v1/sessions", new { userId = "u" })).Status);

        // A log without the traffic would prove nothing.
        Assert.Contains("POST /v1/sessions/{id}/turns answered 200", node.Output, StringComparison.Ordinal);
        Assert.Contains("Microsoft.AspNetCore.Server.Kestrel", node.Output, StringComparison.Ordinal);
        foreach (var key in new[] { admin, shop, invented })
            Assert.DoesNotContain(key[22..], node.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_WhereOthersReachItWithoutAKey_DoesNotStart()
    {
        using var folder = new TempFolder();
        var store = Path.Combine(folder.Path, "store");
        await SampleStore.CopyAsync(store);
        var error = await FailedAsync(NoKey, "up", "--store", store, "--urls", "http://0.0.0.0:0");
        Assert.Contains("there is no access key: make one with 'agentrec keys create'", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static async Task<string> KeyAsync(Dictionary<string, string> variables, params string[] arguments)
    {
        var key = (await DoneAsync(variables, ["keys", "create", .. arguments])).Trim();
        Assert.Matches("^arec_[0-9a-f]{16}_[0-9a-f]{64}$", key);
        return key;
    }

    private static async Task<string> DoneAsync(Dictionary<string, string> variables, params string[] arguments)
    {
        var (code, output, error) = await CliProcess.RunAsync(variables, arguments);
        Assert.True(code == 0, error);
        return output;
    }

    private static async Task<string> FailedAsync(Dictionary<string, string> variables, params string[] arguments)
    {
        var (code, _, error) = await CliProcess.RunAsync(variables, arguments);
        Assert.True(code == 1, $"{code}: {error}");
        return error;
    }
}
