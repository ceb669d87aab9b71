using System.Net;
using System.Text.Json;

namespace AgentRec.Tests.Contract;

[Collection(GatewayCollection.Name)]
public sealed class CallTests(GatewayHost gateway)
{
    public static TheoryData<string> Ids { get; } =
    [
        "plain", "a/b", "a%2Fb", "a%252Fb", "a+b", "a b", " ", "🎬", "ünï", ".", "..", "a.b", "...", "a?b", "a#b", "a&b=c", "100%", "\"", "\\", "{id}", "a;b", "a//b", "/", string.Concat(Enumerable.Repeat("🎬", 128)), "verify", "memory",
    ];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Id_Unusual_WorksInPathsAndBodies(string id)
    {
        var path = Uri.EscapeDataString(id).Replace(".", "%2E", StringComparison.Ordinal);
        var (_, memory) = await gateway.Call("GET", $"/v1/users/{path}/memory");
        Assert.Equal(id, memory.GetProperty("userId").GetString());
        var (stored, _) = await gateway.Call("PUT", "/v1/items", JsonSerializer.Serialize(new[] { new { itemId = id, title = "Title of " + id } }));
        Assert.Equal(200, stored);
        var (_, item) = await gateway.Call("GET", $"/v1/items/{path}");
        Assert.Equal(id, item.GetProperty("itemId").GetString());
        Assert.Equal("Title of " + id, item.GetProperty("title").GetString());
        var (_, policy) = await gateway.Call("PUT", $"/v1/policies/{path}", JsonSerializer.Serialize(new { name = id, rules = Array.Empty<object>() }));
        Assert.Equal(id, policy.GetProperty("name").GetString());
        var (_, session) = await gateway.Call("POST", "/v1/sessions", JsonSerializer.Serialize(new { userId = id }));
        Assert.Equal(id, session.GetProperty("userId").GetString());
    }

    [Fact]
    public async Task Export_OfSeveralPages_IsOneDocument()
    {
        var (status, export) = await gateway.Call("GET", "/v1/users/exported/export");

        Assert.Equal((200, "exported"), (status, export.GetProperty("userId").GetString()));
        Assert.Equal("exported", export.GetProperty("memory").GetProperty("userId").GetString());
        Assert.Equal([1, 2, 3], export.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("sequence").GetInt32()));
    }

    [Fact]
    public async Task Correct_InWords_SaysWhatWasNotRead_AndRefusesWhatSaysNothing()
    {
        var (status, memory) = await gateway.Call("PATCH", "/v1/users/words/memory", """{"text":"no more horror and zorbs"}""");
        Assert.Equal((200, "zorbs"), (status, memory.GetProperty("notUnderstood")[0].GetString()));
        Assert.Equal("never", memory.GetProperty("stated")[0].GetProperty("attitude").GetString());
        await AssertRefused("not-understood", 422, "PATCH", "/v1/users/words/memory", """{"text":"hm"}""");
        var (_, both) = await gateway.Call("PATCH", "/v1/users/words/memory", """{"corrections":[{"facet":"genre","value":"Drama","attitude":"like"}],"text":"hm"}""");
        Assert.Equal("hm", both.GetProperty("notUnderstood")[0].GetString());
        Assert.Equal(422, (await gateway.Call("PATCH", "/v1/users/words/memory", """{"corrections":[]}""")).Status);
        var (_, summed) = await gateway.Call("GET", "/v1/users/words/memory?summary=true");
        Assert.Equal("2 statements.", summed.GetProperty("summary").GetProperty("text").GetString());
        Assert.False(summed.GetProperty("summary").GetProperty("isWorded").GetBoolean());
        Assert.Equal("none is configured", summed.GetProperty("summary").GetProperty("degraded")[0].GetProperty("reason").GetString());
        Assert.False((await gateway.Call("GET", "/v1/users/words/memory?summary=false")).Body.TryGetProperty("summary", out _));
        await AssertRefused("invalid-parameter", 400, "GET", "/v1/users/words/memory?summary=yes");
        Assert.False((await gateway.Call("GET", "/v1/users/words/memory")).Body.TryGetProperty("notUnderstood", out _));
    }

    [Fact]
    public async Task Erase_AnswersTheReceipt_AndIsNotRepeatedAtTheEdge()
    {
        Assert.Equal("""{"kind":"erasure-receipt"}""", (await gateway.Call("DELETE", "/v1/users/gone")).Body.GetRawText());
        gateway.Cluster.Faults = 1;
        Assert.Equal(503, (await gateway.Call("DELETE", "/v1/users/gone")).Status);
        var (status, report) = await gateway.Call("POST", "/v1/erasures/verify", """{"receipt":{}}""");
        Assert.Equal((200, false), (status, report.GetProperty("valid").GetBoolean()));
    }

    [Fact]
    public async Task Session_OpenReadClose_TellsTheConversation()
    {
        using var created = await gateway.Send("POST", "/v1/sessions", """{"userId":"u","seed":18446744073709551615,"context":{"b":true,"a":1.50,"c":"x"}}""");
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var path = created.Headers.Location!.OriginalString;
        var (_, turn) = await gateway.Call("POST", path + "/turns", """{"message":"films","slateSize":5}""");
        Assert.Equal("slate", turn.GetProperty("kind").GetString());
        var (_, session) = await gateway.Call("GET", path);
        Assert.Equal("""{"a":"1.5","b":"true","c":"x"}""", session.GetProperty("context").GetRawText());
        Assert.Equal("2024-05-01T12:00:00Z", session.GetProperty("openedAt").GetString());
        Assert.Equal("films", session.GetProperty("turns")[0].GetProperty("request").GetProperty("message").GetString());
        Assert.Equal((204, 204), ((await gateway.Call("DELETE", path)).Status, (await gateway.Call("DELETE", path)).Status));
        await AssertRefused("session-closed", 409, "POST", path + "/turns", "{}");
    }

    [Fact]
    public async Task Turn_Repeated_IsFoundAgain_AndOtherContentIsAConflict()
    {
        var turns = $"/v1/sessions/{await gateway.OpenSession()}/turns";
        var (_, first) = await gateway.Call("POST", turns, """{"turnId":"t","slateSize":3}""");
        var (_, again) = await gateway.Call("POST", turns, """{"slateSize":3}""", ("Idempotency-Key", "t"));
        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(1, again.GetProperty("turn").GetInt32());
        await AssertRefused("turn-content-conflict", 409, "POST", turns, """{"turnId":"t","slateSize":4}""");
    }

    [Theory]
    [InlineData("""{"policy":"absent"}""", 404, "unknown-policy", "policy")]
    [InlineData("""{"protocol":"absent"}""", 422, "unknown-protocol", "protocol")]
    [InlineData("""{"answer":{"questionId":"q","value":"v"}}""", 422, "unknown-question", "answer.questionId")]
    [InlineData("""{"message":"not ready"}""", 503, "tenant-not-served", null)]
    [InlineData("""{"message":"fail:timeout"}""", 503, "turn-timeout", null)]
    [InlineData("""{"message":"fail:cancelled"}""", 503, "turn-cancelled", null)]
    [InlineData("""{"message":"fail:internal"}""", 500, "turn-failed", null)]
    public async Task Turn_NotTaken_SaysWhy(string body, int status, string code, string? field)
    {
        var session = await gateway.OpenSession();
        var problem = await AssertRefused(code, status, "POST", $"/v1/sessions/{session}/turns", body);
        Assert.Equal(field, problem.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Single().Name : null);
    }

    [Fact]
    public async Task Turn_WhileAnotherRuns_IsRefused_AndClosingCancelsIt()
    {
        var session = await gateway.OpenSession();
        using var running = await gateway.Send("POST", $"/v1/sessions/{session}/turns", """{"message":"hold"}""", headers: ("Accept", "text/event-stream"));
        await AssertRefused("turn-in-progress", 409, "POST", $"/v1/sessions/{session}/turns", "{}");
        Assert.Equal(204, (await gateway.Call("DELETE", $"/v1/sessions/{session}")).Status);
    }

    [Fact]
    public async Task Turn_OfALostActivation_IsRunAgainUnderItsId()
    {
        var turns = $"/v1/sessions/{await gateway.OpenSession()}/turns";
        var (status, turn) = await gateway.Call("POST", turns, """{"turnId":"t","message":"lose"}""");
        Assert.Equal((200, 2), (status, turn.GetProperty("turn").GetInt32()));
    }

    [Fact]
    public async Task Call_Unanswered_IsRepeated_AndInTheEndRefusedAsRetriable()
    {
        var session = await gateway.OpenSession();
        gateway.Cluster.Faults = 3;
        Assert.Equal(200, (await gateway.Call("GET", $"/v1/sessions/{session}")).Status);
        gateway.Cluster.Faults = 4;
        await AssertRefused("cluster-unavailable", 503, "GET", $"/v1/sessions/{session}");
        gateway.Cluster.Faults = 2;
        Assert.Equal(200, (await gateway.Call("POST", $"/v1/sessions/{session}/turns", """{"turnId":"t"}""")).Status);
        gateway.Cluster.Faults = 1;
        await AssertRefused("cluster-unavailable", 503, "POST", $"/v1/sessions/{session}/turns", "{}");
        gateway.Cluster.Faults = 0;
    }

    [Fact]
    public async Task Call_ThatBreaks_IsAProblemWithoutTheFaultsWords()
    {
        gateway.Cluster.Fault = () => new InvalidOperationException("secret words");
        gateway.Cluster.Faults = 1;
        var problem = await AssertRefused("internal-error", 500, "GET", "/v1/users/u/memory");
        Assert.DoesNotContain("secret", problem.GetRawText(), StringComparison.Ordinal);
        gateway.Cluster.Fault = () => new TimeoutException();
        gateway.Cluster.Faults = 0;
    }

    [Fact]
    public async Task Interactions_Mixed_AreJudgedOneByOneInOrder()
    {
        const string Body =
            """
            [{"interactionId":"m1","userId":"a","itemId":"i","type":"like"}, 7, {"interactionId":"m2","userId":"b","itemId":"i","type":"rate","value":9},
             {"interactionId":"m1","userId":"a","itemId":"i","type":"like"}, {"interactionId":"m3","userId":"b","itemId":"i","type":"rate","value":4.5,"timestamp":1700000000},
             {"interactionId":"m1","userId":"b","itemId":"i","type":"like"}, {"interactionId":"m1","userId":"a","itemId":"i","type":"view"},
             {"interactionId":"m4","userId":"b","itemId":"i","type":"view","timestamp":"yesterday"}]
            """;
        var (status, report) = await gateway.Call("POST", "/v1/interactions", Body);
        Assert.Equal(200, status);
        Assert.Equal((2, 1), (report.GetProperty("accepted").GetInt32(), report.GetProperty("duplicates").GetInt32()));
        Assert.Equal(
            [
                (1, "must be an object"), (2, "value must be a rating from 0.5 to 5"), (5, "interactionId is used for another user earlier in the array"),
                (6, "interactionId was used with other content"), (7, "timestamp must be a moment: ISO 8601 such as 2024-05-01T18:30:00Z, or Unix seconds"),
            ],
            report.GetProperty("rejected").EnumerateArray().Select(entry => (entry.GetProperty("index").GetInt32(), entry.GetProperty("reason").GetString()!)));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), gateway.Cluster.Log["m3"].Timestamp);
        var (_, empty) = await gateway.Call("POST", "/v1/interactions", "[]");
        Assert.Equal("""{"accepted":0,"duplicates":0,"rejected":[]}""", empty.GetRawText());
    }

    [Fact]
    public async Task Feedback_IsRecordedForTheSessionsUser()
    {
        await gateway.Call("PUT", "/v1/items", """[{"itemId":"fb","title":"t"}]""");
        var feedback = $"/v1/sessions/{await gateway.OpenSession("ada")}/feedback";
        const string Body = """{"interactionId":"fb-1","itemId":"fb","type":"rate","value":4}""";
        Assert.Equal("""{"interactionId":"fb-1","status":"accepted"}""", (await gateway.Call("POST", feedback, Body)).Body.GetRawText());
        Assert.Equal("""{"interactionId":"fb-1","status":"duplicate"}""", (await gateway.Call("POST", feedback, Body)).Body.GetRawText());
        Assert.Equal("ada", gateway.Cluster.Log["fb-1"].UserId);
        await AssertRefused("interaction-conflict", 409, "POST", feedback, """{"interactionId":"fb-1","itemId":"fb","type":"view"}""");
        await AssertRefused("unknown-item", 404, "POST", feedback, """{"interactionId":"fb-2","itemId":"absent","type":"view"}""");
        await AssertRefused("unknown-session", 404, "POST", "/v1/sessions/absent/feedback", Body);
    }

    [Fact]
    public async Task Items_PutAndGet_KeepFacetsAndStanding()
    {
        var (_, change) = await gateway.Call("PUT", "/v1/items", """[{"itemId":"f1","title":"t","facets":{"genre":["A","B"],"year":1999,"none":[],"null":null},"text":null}]""");
        Assert.Equal("""{"added":1,"changed":0,"unchanged":0}""", change.GetRawText());
        var (_, item) = await gateway.Call("GET", "/v1/items/f1");
        Assert.Equal(
            """{"itemId":"f1","title":"t","facets":{"genre":["A","B"],"year":"1999"},"standing":{"stratum":"torso","exposures":7,"receptions":3,"rejections":1}}""", item.GetRawText());
    }

    [Fact]
    public async Task Memory_CorrectedAndForgotten()
    {
        var (_, corrected) = await gateway.Call("PATCH", "/v1/users/mem/memory", """{"corrections":[{"facet":"year","value":1999,"attitude":"never"}]}""");
        Assert.Equal("""[{"facet":"year","value":"1999","attitude":"never"}]""", corrected.GetProperty("stated").GetRawText());
        Assert.Equal(204, (await gateway.Call("DELETE", "/v1/users/mem/memory")).Status);
        Assert.Empty((await gateway.Call("GET", "/v1/users/mem/memory")).Body.GetProperty("stated").EnumerateArray());
    }

    [Fact]
    public async Task Policies_AreVersioned()
    {
        using var first = await gateway.Send("PUT", "/v1/policies/v", "name: v\nrules: []\n", "application/yaml");
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(200, (await gateway.Call("PUT", "/v1/policies/v", """{"name":"v","rules":[]}""")).Status);
        Assert.Equal(2, (await gateway.Call("GET", "/v1/policies/v")).Body.GetProperty("version").GetInt32());
        Assert.Equal(1, (await gateway.Call("GET", "/v1/policies/v?version=1")).Body.GetProperty("version").GetInt32());
        var problem = await AssertRefused("invalid-fields", 422, "PUT", "/v1/policies/v", """{"rules":[{"atMost": -1}]}""");
        Assert.Equal("must not be negative", problem.GetProperty("errors").GetProperty("rules[0].atMost")[0].GetString());
    }

    [Fact]
    public async Task DryRun_OfAPolicy_ReportsAndStoresNothing()
    {
        var (status, report) = await gateway.Call("PUT", "/v1/policies/dry?dryRun=true", """{"name":"dry","rules":[]}""");
        Assert.Equal(200, status);
        Assert.Equal(
            """{"policy":"dry","version":7,"slates":60,"alreadyMet":54,"agreed":54,"arbitrated":0,"relaxed":6,"short":0,"replaced":0.4,"utilityKeptServed":0.91,"utilityKept":0.86,"rules":[{"rule":"tail","missedBefore":6,"relaxed":6}]}""",
            report.GetRawText());
        Assert.Equal(5, (await gateway.Call("PUT", "/v1/policies/dry?dryRun=true&slates=5", """{"name":"dry","rules":[]}""")).Body.GetProperty("slates").GetInt32());
        Assert.Equal(404, (await gateway.Call("GET", "/v1/policies/dry")).Status);
        await AssertRefused("invalid-fields", 422, "PUT", "/v1/policies/dry?dryRun=true", """{"rules":[{"atMost": -1}]}""");
        foreach (var query in new[] { "dryRun=yes", "dryRun=true&slates=0", "dryRun=true&slates=1001", "dryRun=true&slates=ten", "slates=5", "dryRun=false&slates=5" })
            Assert.Equal(400, (await gateway.Call("PUT", $"/v1/policies/dry?{query}", """{"name":"dry","rules":[]}""")).Status);
    }

    [Fact]
    public async Task Certificate_PassesThroughByteForByte()
    {
        Assert.Equal(FakePolicyAgent.Certificate, await gateway.Client.GetStringAsync("/v1/certificates/c-1"));
        Assert.Equal(FakePolicyAgent.Window, await gateway.Client.GetStringAsync("/v1/certificates/c-1/window"));
        var (_, valid) = await gateway.Call("POST", "/v1/certificates/verify", $$"""{ "window": {{FakePolicyAgent.Window}} , "certificate" : {{FakePolicyAgent.Certificate}} }""");
        Assert.Equal("""{"valid":true,"findings":[],"attested":[]}""", valid.GetRawText());
        var (status, invalid) = await gateway.Call("POST", "/v1/certificates/verify", $$"""{"certificate":{{FakePolicyAgent.Certificate.Replace("1.0", "1", StringComparison.Ordinal)}}}""");
        Assert.Equal((200, false, 1), (status, invalid.GetProperty("valid").GetBoolean(), invalid.GetProperty("findings").GetArrayLength()));
        Assert.Equal("k-1", (await gateway.Call("GET", "/v1/keys")).Body.GetProperty("keys")[0].GetProperty("keyId").GetString());
    }

    [Fact]
    public async Task Window_ThroughAProxy_IsForbidden()
    {
        using var response = await gateway.Send("GET", "/v1/certificates/c-1/window", headers: ("X-Forwarded-For", "10.0.0.1"));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Health_NotReady_NamesWhatIsMissing()
    {
        Assert.Equal("""{"status":"live"}""", (await gateway.Call("GET", "/health/live")).Body.GetRawText());
        gateway.Missing = ["No model is active."];
        var problem = await AssertRefused("not-ready", 503, "GET", "/health/ready");
        Assert.Equal("No model is active.", problem.GetProperty("detail").GetString());
        gateway.Missing = [];
        Assert.Equal(200, (await gateway.Call("GET", "/health/ready")).Status);
    }

    [Fact]
    public async Task Answers_CarrySecurityHeaders()
    {
        using var response = await gateway.Client.GetAsync("/v1/keys");
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    private async Task<JsonElement> AssertRefused(string code, int status, string method, string path, string? body = null)
    {
        using var response = await gateway.Send(method, path, body);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((status, code), ((int)response.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal(status is 503, response.Headers.RetryAfter is not null);
        return problem;
    }
}
