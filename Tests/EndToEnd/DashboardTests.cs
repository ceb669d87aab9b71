using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AgentRec.Tests.Cluster;
using AgentRec.Tests.Unit;

namespace AgentRec.Tests.EndToEnd;

/// <summary>The dashboard's pages on a node that has keys: who gets to see them, and that they are not there unasked.</summary>
[Collection(ProcessCollection.Name), Trait("Category", "EndToEnd")]
public sealed class DashboardTests
{
    private static readonly Dictionary<string, string> SwitchedOn = new(StringComparer.Ordinal) { ["AGENTREC_Dashboard__Enabled"] = "true" };

    [Fact]
    public async Task Pages_SwitchedOn_AreForAdminsAlone_WhoseBrowserIsAskedForTheKey()
    {
        using var folder = new TempFolder();
        var store = Path.Combine(folder.Path, "store");
        await SampleStore.CopyAsync(store);
        var (admin, reader, other) = (await KeyAsync(store, "admin"), await KeyAsync(store, "read,sessions,ingest"), await KeyAsync(store, "admin", "b"));
        await using var node = await NodeProcess.StartAsync(store, SwitchedOn);

        foreach (var (authorization, expected) in new (AuthenticationHeaderValue?, HttpStatusCode)[]
        {
            (null, HttpStatusCode.Unauthorized),
            (new("Basic", "%%%"), HttpStatusCode.Unauthorized),
            (Browser(admin[..^1]), HttpStatusCode.Unauthorized),
            (Browser(reader), HttpStatusCode.Forbidden),
            (new("Bearer", reader), HttpStatusCode.Forbidden),
            (Browser(other), HttpStatusCode.Forbidden),
            (Browser(admin), HttpStatusCode.OK),
            (new("Bearer", admin), HttpStatusCode.OK),
        })
        {
            foreach (var page in (string[])["/dashboard/", "/dashboard/index.min.js", "/dashboard/DashboardCounters", "/dashboard/GrainTypes"])
            {
                using var answer = await AskAsync(node, page, authorization);
                Assert.True(answer.StatusCode == expected, $"{page} was answered {answer.StatusCode} instead of {expected} to {authorization?.Scheme}");
                Assert.Equal(expected is HttpStatusCode.Unauthorized, answer.Headers.WwwAuthenticate.Any(challenge => challenge.Scheme is "Basic"));
                if (expected is HttpStatusCode.OK)
                {
                    Assert.Contains("frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
                    Assert.True(answer.Headers.CacheControl?.NoStore);
                }
            }
        }
        using var counters = await AskAsync(node, "/dashboard/DashboardCounters", Browser(admin));
        Assert.Contains("activationCount", await counters.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        // Only pages take a key as a password, and what the silos log is not read there.
        using (var call = await AskAsync(node, "/v1/cluster", Browser(admin)))
            Assert.Equal(HttpStatusCode.Unauthorized, call.StatusCode);
        using (var trace = await AskAsync(node, "/dashboard/Trace", Browser(admin)))
            Assert.Equal(HttpStatusCode.Forbidden, trace.StatusCode);
        Assert.DoesNotContain(admin, node.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_NotSwitchedOn_AreNotThere()
    {
        using var folder = new TempFolder();
        var store = Path.Combine(folder.Path, "store");
        await SampleStore.CopyAsync(store);
        await using var node = await NodeProcess.StartAsync(store);
        using var answer = await AskAsync(node, "/dashboard/", null);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static AuthenticationHeaderValue Browser(string key) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("anybody:" + key)));

    private static async Task<HttpResponseMessage> AskAsync(NodeProcess node, string path, AuthenticationHeaderValue? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = authorization;
        return await node.Http.SendAsync(request);
    }

    private static async Task<string> KeyAsync(string store, string scopes, string tenant = "default")
    {
        var (code, output, error) = await CliProcess.RunAsync("keys", "create", "--store", store, "--name", "test", "--scopes", scopes, "--tenant", tenant);
        Assert.True(code == 0, output + error);
        return output.Trim();
    }
}
