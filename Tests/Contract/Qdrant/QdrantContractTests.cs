using System.Net;
using System.Net.Http.Json;
using System.Text;
using AgentRec.Grains.Abstractions.Vectors;
using AgentRec.Tests.Unit.Vectors;

namespace AgentRec.Tests.Contract.Qdrant;

/// <summary>Everything that is sent to Qdrant, and everything that is accepted from it, is what its published API says.</summary>
public sealed class QdrantContractTests
{
    private const string Points = "/collections/{collection_name}/points";

    [QdrantContractFact]
    public async Task EveryCall_IsOneOfTheApi_AndEveryAnswerIsItsAnswer()
    {
        await using var server = await QdrantServer.StartAsync();
        await using var client = QdrantClient.Of(server, ("Exact", "true"), ("ApiKey", QdrantClient.Key));
        var index = client.Index;
        await index.FillAsync();
        await index.FillAsync();
        var next = QdrantClient.Build with { Build = "b2" };
        await index.EnsureAsync(next, Unit.Vectors.Points.Schema, default);
        await index.SwitchAsync(next, default);
        await index.UpsertAsync(next, [.. Enumerable.Range(0, 3).Select(i => Unit.Vectors.Points.Of($"i{i}", [i, 0, 0, 0], ("a.b", ["x", "1e300"])).With(1, 2))], default);
        var page = await index.ScrollAsync(next, VectorFilter.None, null, 2, default);
        await index.ScrollAsync(next, VectorFilter.None, page.Next, 2, default);
        foreach (var filter in EveryFilter())
        {
            await index.QueryAsync(next, Unit.Vectors.Points.Near([1, 2, 3, 4], 3, filter), default);
            await index.CountAsync(next, filter, default);
            await index.ScrollAsync(next, filter, null, 1, default);
        }
        await index.DeleteAsync(next, ["i0", "nobody"], default);
        await index.DropOthersAsync(next, default);
        await index.DeleteTenantAsync("tenant", default);
        await Assert.ThrowsAsync<VectorIndexException>(() => index.CountAsync(next, VectorFilter.None, default));

        Assert.Empty(server.Problems);
        Assert.Equal(
            [
                "DELETE /collections/{collection_name}", "GET /aliases", "GET /collections", "GET /collections/{collection_name}", "POST /collections/aliases",
                $"POST {Points}/count", $"POST {Points}/delete", $"POST {Points}/query", $"POST {Points}/scroll",
                "PUT /collections/{collection_name}", "PUT /collections/{collection_name}/index", $"PUT {Points}",
            ],
            server.Calls.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [QdrantContractTheory]
    [InlineData("PUT", Points, """{"points":[{"id":"no uuid","vector":{"content":[1]},"payload":{}}]}""")]
    [InlineData("PUT", Points, """{"points":[{"id":-1,"vector":{"content":[1]},"payload":{}}]}""")]
    [InlineData("PUT", Points, """{"points":[{"id":1,"payload":{}}]}""")]
    [InlineData("PUT", Points, """{"points":[{"id":1,"vector":{"content":["1"]}}]}""")]
    [InlineData("PUT", Points, """{"points":[{"id":1,"vector":{"content":[1]},"payloads":{}}]}""")]
    [InlineData("PUT", "/collections/{collection_name}", """{"vectors":{"content":{"size":0,"distance":"Dot"}}}""")]
    [InlineData("PUT", "/collections/{collection_name}", """{"vectors":{"content":{"size":4,"distance":"dot"}}}""")]
    [InlineData("PUT", "/collections/{collection_name}/index", """{"field_name":"a","field_schema":"words"}""")]
    [InlineData("POST", Points + "/query", """{"query":[1],"using":"content","limits":10}""")]
    [InlineData("POST", Points + "/query", """{"query":[1],"using":"content","limit":0}""")]
    [InlineData("POST", Points + "/query", """{"query":[1],"filter":{"must":[{"key":"a","match":{"values":["b"]}}]}}""")]
    [InlineData("POST", Points + "/query", """{"query":[1],"filter":{"must":[{"key":"a","range":{"gte":"1"}}]}}""")]
    [InlineData("POST", Points + "/query", """{"query":[1],"filter":{"mustNot":[]}}""")]
    [InlineData("POST", Points + "/scroll", """{"limit":10,"offset":"no uuid"}""")]
    [InlineData("POST", Points + "/count", """{"exact":"yes"}""")]
    [InlineData("POST", Points + "/delete", """{"ids":[1]}""")]
    [InlineData("POST", "/collections/aliases", """{"actions":[{"create_alias":{"alias":"a","collection_name":"b"}}]}""")]
    [InlineData("POST", Points + "/query", "no json")]
    [InlineData("POST", "/collections/{collection_name}/points/nothing", "{}")]
    [InlineData("POST", Points + "/count?waits=true", "{}")]
    [InlineData("PUT", Points + "?wait=1", """{"points":[]}""")]
    public async Task Server_RefusesWhatTheSchemasDoNotAllow(string method, string template, string body)
    {
        await using var server = await QdrantServer.StartAsync();
        await using var client = QdrantClient.Of(server);
        await client.Index.FillAsync();
        Assert.Empty(server.Problems);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), server.Url + template.Replace("{collection_name}", "agentrec.tenant.any", StringComparison.Ordinal));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotEmpty(server.Problems);
        Assert.Contains("error", (await response.Content.ReadFromJsonAsync<Dictionary<string, object>>())!["status"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collection_IsMadeWithSpacesAndPayloadIndexes_UnderAnAlias()
    {
        await using var server = await QdrantServer.StartAsync();
        await using var client = QdrantClient.Of(server);
        await client.Index.FillAsync();

        var build = Assert.Single(server.Store.Collections);
        Assert.Matches("^agentrec\\.tenant\\.model1_[0-9a-f]{32}\\.b1$", build);
        Assert.Equal((build[..^3], build), Assert.Single(server.Store.Aliases));
        Assert.Equal(["numbers.year: float", "words.genre: keyword", "words.year: keyword"], server.Store.Indexes(build));
    }

    [Fact]
    public async Task Upsert_IsSentInBatches()
    {
        await using var server = await QdrantServer.StartAsync();
        await using var client = QdrantClient.Of(server, ("BatchSize", "10"));
        await client.Index.EnsureAsync(QdrantClient.Build, Unit.Vectors.Points.Schema, default);

        await client.Index.UpsertAsync(QdrantClient.Build, [.. Enumerable.Range(0, 25).Select(i => Unit.Vectors.Points.Of($"i{i}", [1, 0, 0, 0]))], default);

        Assert.Equal(3, server.Calls.Count(call => call == $"PUT {Points}"));
    }

    private static IEnumerable<VectorFilter> EveryFilter()
    {
        FacetCondition[] conditions =
        [
            Unit.Vectors.Points.Any("genre", "Drama"), Unit.Vectors.Points.Any("genre", "Drama", "drama", "Comedy"), Unit.Vectors.Points.Any("genre"),
            Unit.Vectors.Points.Any("a.b|genre|", "\"'\u0001"), new FacetRange("year"), new FacetRange("year") { AtLeast = double.NaN }, new FacetRange("year|a.b") { AtLeast = 1, AtMost = 2e300 },
            new FacetRange("year") { GreaterThan = double.NegativeInfinity, LessThan = double.MaxValue },
        ];
        return conditions.SelectMany(condition => (VectorFilter[])[Unit.Vectors.Points.Must(condition), Unit.Vectors.Points.MustNot(condition), new([condition], [.. conditions])]);
    }
}
