namespace AgentRec.Tests.Contract;

[Collection(GatewayCollection.Name)]
public sealed class ModelCallTests(GatewayHost gateway)
{
    [Fact]
    public async Task Models_AreListedWithFiguresAndSilos()
    {
        await gateway.Call("PUT", "/v1/models/active", """{"version":"better"}""");
        var (status, view) = await gateway.Call("GET", "/v1/models");

        Assert.Equal(200, status);
        Assert.Equal("better", view.GetProperty("active").GetString());
        var model = view.GetProperty("models")[0];
        Assert.Equal("""{"ranker":0.1}""", model.GetProperty("metrics").GetRawText());
        Assert.Equal("""{"first":"2024-05-01T12:00:00Z","last":"2024-05-01T12:00:00Z","items":3,"users":2,"positives":1,"seed":18446744073709551615}""", model.GetProperty("data").GetRawText());
        Assert.Equal("""[{"number":1,"version":"better","at":"2024-05-01T12:00:00Z","cause":"train"}]""", model.GetProperty("activations").GetRawText());
        Assert.Equal("network", model.GetProperty("ranking").GetString());
        Assert.Equal("""{"version":"old","active":false,"activations":[],"metrics":{"ranker":0.1},"scorers":["content"]}""", view.GetProperty("models")[1].GetRawText());
        Assert.Equal("""[{"silo":"here","serving":"better","failure":{"version":"broken","reason":"it is damaged"}}]""", view.GetProperty("silos").GetRawText());
        Assert.False(view.TryGetProperty("before", out _));
    }

    [Fact]
    public async Task Activation_Repeated_ChangesNothing()
    {
        await gateway.Call("PUT", "/v1/models/active", """{"version":"better"}""");
        gateway.Cluster.Faults = 2;
        var (first, forced) = await gateway.Call("PUT", "/v1/models/active", """{"version":"worse","force":true}""");
        var (second, again) = await gateway.Call("PUT", "/v1/models/active", """{"version":"worse","force":true}""");

        Assert.Equal((200, 200), (first, second));
        Assert.Equal(("activated", "alreadyActive"), (forced.GetProperty("status").GetString(), again.GetProperty("status").GetString()));
        Assert.Equal(
            """{"candidate":{"version":"worse","model":"blend","ndcg":0.05},"active":{"version":"better","model":"ranker","ndcg":0.1},"loss":0.5,"greatestLoss":0.1,"sameTail":true}""",
            forced.GetProperty("comparison").GetRawText());
    }

    [Theory]
    [InlineData("""{"version":"worse"}""", 409, "model-refused", FakeModels.Comparison)]
    [InlineData("""{"version":"worse","force":false}""", 409, "model-refused", "force")]
    [InlineData("""{"version":"broken","force":true}""", 409, "model-unusable", "it is damaged")]
    [InlineData("""{"version":"unheard of"}""", 404, "unknown-model", "GET /v1/models")]
    [InlineData("""{"version":"../../etc/passwd"}""", 404, "unknown-model", null)]
    public async Task Activation_NotDone_SaysWhy(string body, int status, string code, string? words)
    {
        var (answered, problem) = await gateway.Call("PUT", "/v1/models/active", body);

        Assert.Equal((status, code), (answered, problem.GetProperty("code").GetString()));
        Assert.Contains(words ?? "", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "version", "is required")]
    [InlineData("""{"version":7}""", "version", "must be a text")]
    [InlineData("""{"version":"v","force":"yes"}""", "force", "must be true or false")]
    [InlineData("""{"version":"v","forced":true}""", "forced", "is not known here; known are version, force")]
    public async Task Body_Wrong_NamesFieldAndRule(string body, string field, string rule)
    {
        var (status, problem) = await gateway.Call("PUT", "/v1/models/active", body);

        Assert.Equal(422, status);
        Assert.Equal(rule, Assert.Single(problem.GetProperty("errors").GetProperty(field).EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Readiness_TellsWhatAnOperatorShouldKnow()
    {
        Assert.Equal("""{"status":"ready"}""", (await gateway.Call("GET", "/health/ready")).Body.GetRawText());
        gateway.Notes = ["Model a is served, not the active one."];
        try
        {
            Assert.Equal("""{"status":"ready","notes":["Model a is served, not the active one."]}""", (await gateway.Call("GET", "/health/ready")).Body.GetRawText());
        }
        finally
        {
            gateway.Notes = [];
        }
    }
}
