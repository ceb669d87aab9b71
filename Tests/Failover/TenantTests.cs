using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Tests.Cluster.Tenants;
using AgentRec.Tests.EndToEnd;
using AgentRec.Tests.PostgreSql;

namespace AgentRec.Tests.Failover;

/// <summary>A tenant that begins while two silos run: both take it up, and what is put through one is there on the other.</summary>
[Collection(ProcessCollection.Name)]
public sealed class TenantTests
{
    private const int Sessions = 12;
    private const int Ratings = 2_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [PostgreSqlFact, Trait("Category", "EndToEnd")]
    public async Task Tenant_ThatBegins_IsServedByEverySilo()
    {
        // Who calls the gateway needs no key, and is of the tenant that begins.
        await using var cluster = await TestCluster.StartAsync(
            silos: 2, gateways: 1, new Dictionary<string, string>(StringComparer.Ordinal) { ["AGENTREC_Gateway__Tenant"] = "b" });
        using var http = new HttpClient { BaseAddress = cluster.Gateways[0].Address };
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "tenant-not-served"), await OpenAsync(http));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(http.PutAsync, "/v1/items", SecondTenant.Items));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(Path($"/v1/items/{SecondTenant.Items[^1].ItemId}"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(http.PostAsync, "/v1/interactions", SecondTenant.Ratings().Take(Ratings)));

        string version;
        await using (var store = await cluster.OpenStoreAsync())
            version = await SecondTenant.TrainAsync(store, "b");
        await ComesToAsync([version, version], async () => Models(await http.GetFromJsonAsync<JsonElement>(Path("/v1/models"))));

        await http.PutAsJsonAsync("/v1/items", new[] { new { itemId = "late", title = $"{SecondTenant.Word} late", facets = new { genre = new[] { "Comedy" } } } });
        for (var i = 0; i < Sessions; i++)
        {
            using var opened = await http.PostAsJsonAsync("/v1/sessions", new { userId = $"visitor-{i}" });
            Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
            using var taken = await http.PostAsJsonAsync($"{opened.Headers.Location}/turns", new { questions = "never", message = "a comedy" });
            var turn = await taken.Content.ReadFromJsonAsync<JsonElement>();
            Assert.True(taken.StatusCode is HttpStatusCode.OK, turn.GetRawText());
            Assert.All(turn.GetProperty("slate").GetProperty("items").EnumerateArray(), static item => Assert.StartsWith(SecondTenant.Word, item.GetProperty("title").GetString(), StringComparison.Ordinal));
        }
        // The sample's tenant has the model that it had, on both.
        var (_, output, _) = await CliProcess.RunAsync("cluster", "status", "--url", http.BaseAddress!.ToString(), "--json");
        using var status = JsonDocument.Parse(output);
        var tenants = status.RootElement.GetProperty("silos").EnumerateArray().SelectMany(static silo => silo.GetProperty("report").GetProperty("tenants").EnumerateArray()).ToArray();
        Assert.Equal(["b", "b", "default", "default"], tenants.Select(static tenant => tenant.GetProperty("tenant").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(2, tenants.Select(static tenant => tenant.GetProperty("model").GetString()).Distinct(StringComparer.Ordinal).Count());
    }

    private static async Task<HttpStatusCode> SendAsync<T>(Func<Uri, HttpContent, Task<HttpResponseMessage>> send, string path, T content)
    {
        using var body = new StringContent(JsonSerializer.Serialize(content, DomainJson.Options), Encoding.UTF8, "application/json");
        using var answer = await send(Path(path), body);
        return answer.StatusCode;
    }

    private static async Task<(HttpStatusCode Status, string? Code)> OpenAsync(HttpClient http)
    {
        using var answer = await http.PostAsJsonAsync("/v1/sessions", new { userId = "early" });
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (answer.StatusCode, body.GetProperty("code").GetString());
    }

    private static string?[] Models(JsonElement view) =>
        [.. view.GetProperty("silos").EnumerateArray().Select(static silo => silo.TryGetProperty("serving", out var serving) ? serving.GetString() : null)];

    private static async Task ComesToAsync(string?[] expected, Func<Task<string?[]>> ask)
    {
        var started = TimeProvider.System.GetTimestamp();
        var answer = await ask();
        while (!answer.SequenceEqual(expected, StringComparer.Ordinal) && TimeProvider.System.GetElapsedTime(started) < Patience)
        {
            await Task.Delay(100);
            answer = await ask();
        }
        Assert.Equal(expected, answer);
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);
}
