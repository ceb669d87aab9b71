using System.Net;
using System.Text.Json;

namespace AgentRec.Tests.Contract;

/// <summary>Whatever a client sends is answered with a 4xx problem that says what is wrong; never a 5xx, never silence.</summary>
[Collection(GatewayCollection.Name)]
public sealed class HostileRequestTests(GatewayHost gateway)
{
    private static readonly string Long = new('x', 300);
    private static readonly string Deep = string.Concat(Enumerable.Repeat("""{"a":""", 200)) + "1" + new string('}', 200);

    /// <summary>Every call with a body, a body that it takes, and the members with values that break their rules.</summary>
    private static readonly (string Method, string Path, string Good, (string Member, string[] Bad)[] Members)[] Calls =
    [
        ("POST", "/v1/sessions", """{"userId":"u"}""",
        [
            ("userId", [.. BadIds, "null"]),
            ("context", ["1", "[]", "\"x\"", "{\"a\":null}", "{\"a\":[1]}", "{\"a\":{}}", "{\"\":1}", "{\"a\":1e999}"]),
            ("seed", ["-1", "1.5", "\"1\"", "18446744073709551616", "true", "[]"]),
        ]),
        ("POST", "/v1/sessions/{session}/turns", """{"message":"m"}""",
        [
            ("turnId", BadIds),
            ("message", ["1", "[]", "{}", "true", "\"" + new string('m', 4_001) + "\""]),
            ("slateSize", ["0", "-1", "51", "10000", "1.5", "\"10\"", "1e99", "true", "[]", "99999999999999999999"]),
            ("policy", BadIds),
            ("protocol", BadIds),
            ("answer", ["1", "[]", "{}", "{\"questionId\":\"q\"}", "{\"questionId\":1,\"value\":\"v\"}", "{\"questionId\":\"q\",\"value\":\"\"}", "{\"questionId\":\"q\",\"value\":\"v\",\"x\":1}"]),
            ("constraints", ["1", "{}", "\"x\"", "[1]", "[null]", "[{}]", "[" + string.Join(',', Enumerable.Repeat(Constraint("\"eq\"", "\"v\""), 51)) + "]",
                "[" + Constraint("\"like\"", "\"v\"") + "]", "[" + Constraint("\"EQ\"", "\"v\"") + "]", "[" + Constraint("0", "\"v\"") + "]", "[" + Constraint("\"eq\"", "null") + "]",
                "[" + Constraint("\"eq\"", "[1]") + "]", "[" + Constraint("\"eq\"", "\"\"") + "]", "[" + Constraint("\"in\"", "\"v\"") + "]", "[" + Constraint("\"in\"", "[]") + "]",
                "[" + Constraint("\"in\"", "[[]]") + "]", "[" + Constraint("\"in\"", "[null]") + "]", "[" + Constraint("\"lt\"", "\"5\"") + "]", "[" + Constraint("\"ge\"", "[5]") + "]",
                "[" + Constraint("\"gt\"", "1e999") + "]", "[" + Constraint("\"le\"", "true") + "]",
                """[{"facet":"f","op":"eq","value":"v"}]""", """[{"facet":"","op":"eq","value":"v","strength":"hard"}]""", """[{"facet":"f","op":"eq","value":"v","strength":"firm"}]"""]),
        ]),
        ("POST", "/v1/sessions/{session}/feedback", """{"interactionId":"h-1","itemId":"known","type":"view"}""",
        [
            ("interactionId", [.. BadIds, "null"]), ("itemId", [.. BadIds, "null"]), ("type", ["\"love\"", "\"View\"", "1", "null", "\"\""]),
            ("value", ["\"5\"", "[]", "1e999", "true"]),
        ]),
        ("PATCH", "/v1/users/u/memory", """{"corrections":[{"facet":"genre","value":"Drama","attitude":"like"}]}""",
        [
            ("corrections", ["null", "[]", "1", "{}", "[1]", "[{}]", """[{"facet":"f","value":"","attitude":"like"}]""", """[{"facet":"f","value":"v","attitude":"adore"}]""",
                """[{"facet":"f","value":["v"],"attitude":"like"}]""", """[{"facet":" ","value":"v","attitude":"like"}]""", """[{"facet":"f","value":"v","attitude":"like","more":1}]"""]),
        ]),
        ("PUT", "/v1/models/active", """{"version":"better"}""",
            [("version", [.. BadIds, "null"]), ("force", ["1", "\"true\"", "[]", "{}"])]),
        ("POST", "/v1/erasures/verify", """{"receipt":{}}""", [("receipt", ["null", "\"{}\"", "1", "[]"])]),
        ("POST", "/v1/certificates/verify", """{"certificate":{}}""",
            [("certificate", ["null", "\"{}\"", "1", "[]"]), ("window", ["\"{}\"", "1", "{}", "true"])]),
    ];

    private static string[] BadIds => ["1", "\"\"", "[]", "{}", "true", $"\"{Long}\"", "\"a\\u0000b\"", "\"a\\nb\"", "\"\\u007f\"", "\"\\u0085\""];

    public static TheoryData<string, string, string> MalformedBodies()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var (method, path, good, members) in Calls)
        {
            foreach (var body in new[] { "", " ", "{", "nul", "null", "1", "\"x\"", "[]", "{}x", "{'a':1}", "{\"a\":NaN}", "{\"a\":1,}", "{\"a\":\"\\ud800\"}", "{\"\\ud800\":1}", "{\"a\":1,\"a\":2}", Deep, good + "//" })
                data.Add(method, path, body);
            data.Add(method, path, With(good, "unheardOf", "1"));
            foreach (var (member, bad) in members)
            {
                foreach (var value in bad)
                    data.Add(method, path, With(good, member, value));
            }
        }
        foreach (var body in new[] { "", "null", "{}", "1", "\"x\"", "[", "[1,]", "[" + Deep + "]" })
        {
            data.Add("POST", "/v1/interactions", body);
            data.Add("PUT", "/v1/items", body);
        }
        foreach (var item in new[]
        {
            "1", "null", "[]", "{}", """{"itemId":"i"}""", """{"itemId":"i","title":""}""", """{"itemId":"i","title":" "}""", """{"itemId":"i","title":1}""", """{"itemId":1,"title":"t"}""",
            """{"itemId":"i","title":"t","provider":""}""", """{"itemId":"i","title":"t","facets":[]}""", """{"itemId":"i","title":"t","facets":{"f":{}}}""",
            """{"itemId":"i","title":"t","facets":{"f":[["v"]]}}""", """{"itemId":"i","title":"t","facets":{"":"v"}}""", """{"itemId":"i","title":"t","text":[]}""", """{"itemId":"i","title":"t","genre":"g"}""",
        })
        {
            data.Add("PUT", "/v1/items", $"[{item}]");
        }
        data.Add("PUT", "/v1/policies/p", """{"name":"q","rules":[]}""");
        data.Add("PUT", "/v1/policies/p", """{"rules":[{"atMost": -1}]}""");
        foreach (var body in new[] { "", "null", "[]", "1", "{", "{\"a\":1,\"a\":1}", Deep })
            data.Add("PUT", "/v1/policies/p", body);
        return data;
    }

    [Theory]
    [MemberData(nameof(MalformedBodies))]
    public async Task Body_Malformed_IsRefusedWithAProblem(string method, string path, string body)
    {
        var session = await gateway.OpenSession();
        using var response = await gateway.Send(method, path.Replace("{session}", session, StringComparison.Ordinal), body);
        await AssertProblem(response, 400, 422);
    }

    [Theory]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("GET", "/v1", 404)]
    [InlineData("GET", "/v1/nothing", 404)]
    [InlineData("PUT", "/v1/sessions", 405)]
    [InlineData("GET", "/v1/interactions", 405)]
    [InlineData("POST", "/v1/items/x", 405)]
    [InlineData("PATCH", "/health/ready", 405)]
    [InlineData("POST", "/v1/models", 405)]
    [InlineData("DELETE", "/v1/models/active", 405)]
    [InlineData("GET", "/v1/models/unknown", 404)]
    [InlineData("GET", "/v1/sessions/unknown", 404)]
    [InlineData("DELETE", "/v1/sessions/unknown", 404)]
    [InlineData("GET", "/v1/items/unknown", 404)]
    [InlineData("GET", "/v1/policies/unknown", 404)]
    [InlineData("GET", "/v1/policies/unknown?version=7", 404)]
    [InlineData("GET", "/v1/policies/unknown?version=0", 400)]
    [InlineData("GET", "/v1/policies/unknown?version=-1", 400)]
    [InlineData("GET", "/v1/policies/unknown?version=x", 400)]
    [InlineData("GET", "/v1/policies/unknown?version=99999999999", 400)]
    [InlineData("GET", "/v1/policies/unknown?version=1&version=2", 400)]
    [InlineData("GET", "/v1/certificates/unknown", 404)]
    [InlineData("GET", "/v1/certificates/unknown/window", 404)]
    [InlineData("GET", "/v1/sessions/unknown/turns/1/events", 404)]
    [InlineData("GET", "/v1/sessions/unknown/turns/0/events", 404)]
    [InlineData("GET", "/v1/sessions/unknown/turns/-1/events", 404)]
    [InlineData("GET", "/v1/sessions/unknown/turns/x/events", 404)]
    [InlineData("GET", "/v1/sessions/unknown/turns/99999999999/events", 404)]
    [InlineData("GET", "/v1/sessions/unknown/turns/1/events?after=-1", 400)]
    [InlineData("GET", "/v1/sessions/unknown/turns/1/events?after=x", 400)]
    [InlineData("GET", "/v1/users/%FF/memory", 400)]
    [InlineData("GET", "/v1/users/%C0%AF/memory", 400)]
    [InlineData("GET", "/v1/users/%ED%A0%80/memory", 400)]
    [InlineData("GET", "/v1/users/%zz/memory", 400)]
    [InlineData("GET", "/v1/users/a%/memory", 400)]
    [InlineData("GET", "/v1/users/a%0Ab/memory", 400)]
    [InlineData("GET", "/v1/users/a%7F/memory", 400)]
    public async Task Route_Wrong_IsRefusedWithAProblem(string method, string path, int status)
    {
        using var response = await gateway.Send(method, path);
        await AssertProblem(response, status);
    }

    [Theory]
    [InlineData("GET", "/v1/sessions/{0}")]
    [InlineData("GET", "/v1/items/{0}")]
    [InlineData("GET", "/v1/users/{0}/memory")]
    [InlineData("DELETE", "/v1/users/{0}/memory")]
    [InlineData("GET", "/v1/policies/{0}")]
    [InlineData("GET", "/v1/certificates/{0}")]
    [InlineData("GET", "/v1/certificates/{0}/window")]
    [InlineData("GET", "/v1/sessions/{0}/turns/1/events")]
    public async Task PathId_OfThreeHundredCharacters_IsRefusedNamingTheParameter(string method, string path)
    {
        using var response = await gateway.Send(method, string.Format(System.Globalization.CultureInfo.InvariantCulture, path, Long));
        var problem = await AssertProblem(response, 400);
        Assert.Equal("invalid-parameter", problem.GetProperty("code").GetString());
        Assert.Contains("at most 128", problem.GetProperty("errors").EnumerateObject().Single().Value[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/v1/users/a%00b/memory")]
    [InlineData("GET", "/v1/items/%00")]
    public async Task PathId_WithNul_IsRefused(string method, string path)
    {
        // The server refuses this before the gateway sees it, so the answer has no body.
        using var response = await gateway.Send(method, path);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("")]
    public async Task ContentType_NotTaken_Is415(string contentType)
    {
        foreach (var (method, path, good, _) in Calls)
        {
            using var response = await gateway.Send(method, path.Replace("{session}", "s", StringComparison.Ordinal), good, contentType);
            await AssertProblem(response, 415);
        }
        foreach (var (method, path) in new[] { ("POST", "/v1/interactions"), ("PUT", "/v1/items"), ("PUT", "/v1/policies/p") })
        {
            using var response = await gateway.Send(method, path, "[]", contentType);
            await AssertProblem(response, 415);
        }
    }

    [Fact]
    public async Task Body_OfOneMegabyte_Is413()
    {
        var session = await gateway.OpenSession();
        using var response = await gateway.Send("POST", $"/v1/sessions/{session}/turns", $$"""{"message":"{{new string('m', 1_000_000)}}"}""");
        await AssertProblem(response, 413);
    }

    [Fact]
    public async Task Body_ChunkedBeyondTheLimit_Is413()
    {
        using var content = new StreamContent(new MemoryStream(new byte[17 * 1024 * 1024]));
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/interactions") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using var response = await gateway.Client.SendAsync(request);
        await AssertProblem(response, 413);
    }

    [Fact]
    public async Task Body_NotUtf8_Is400()
    {
        using var content = new ByteArrayContent([.. "{\"userId\":\""u8, 0xFF, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");
        using var response = await gateway.Client.PostAsync("/v1/sessions", content);
        await AssertProblem(response, 400);
    }

    [Fact]
    public async Task Interactions_MoreThanTheLimit_Is422()
    {
        using var response = await gateway.Send("POST", "/v1/interactions", "[" + string.Join(',', Enumerable.Repeat("1", 10_001)) + "]");
        await AssertProblem(response, 422);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\u0001")]
    [InlineData("different")]
    public async Task IdempotencyKey_Wrong_Is400(string key)
    {
        var session = await gateway.OpenSession();
        using var response = await gateway.Send("POST", $"/v1/sessions/{session}/turns", """{"turnId":"t"}""", headers: ("Idempotency-Key", key));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("\"year\"")]
    [InlineData("[1]")]
    [InlineData("[\"\"]")]
    [InlineData("[null]")]
    public async Task Withdraw_ThatIsNoArrayOfTexts_IsNamed(string withdraw)
    {
        var session = await gateway.OpenSession();
        var (status, body) = await gateway.Call("POST", $"/v1/sessions/{session}/turns", $$"""{"withdraw":{{withdraw}}}""");
        Assert.Equal(422, status);
        Assert.StartsWith("must be an array", body.GetProperty("errors").GetProperty("withdraw")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Member_Misspelt_IsNamedWithThoseKnown()
    {
        var session = await gateway.OpenSession();
        var (status, body) = await gateway.Call("POST", $"/v1/sessions/{session}/turns", """{"slateSise":5}""");
        Assert.Equal(422, status);
        Assert.Equal(
            "is not known here; known are turnId, message, constraints, slateSize, policy, protocol, answer, explainPolicy, withdraw, questions",
            body.GetProperty("errors").GetProperty("slateSise")[0].GetString());
    }

    [Fact]
    public async Task Members_SeveralWrong_AreAllNamedWithTheirPaths()
    {
        var session = await gateway.OpenSession();
        var (_, body) = await gateway.Call(
            "POST", $"/v1/sessions/{session}/turns", """{"slateSize":0,"constraints":[{"facet":"f","op":"in","value":[1],"strength":"hard"},{"facet":"f","op":"lt","value":"x","strength":"hard"}]}""");
        Assert.Equal(["slateSize", "constraints[1].value"], body.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal).Reverse());
    }

    private static string Constraint(string op, string value) => $$"""{"facet":"f","op":{{op}},"value":{{value}},"strength":"hard"}""";

    /// <summary>The good body with one member set; another member of the same name is left out.</summary>
    private static string With(string good, string member, string value)
    {
        using var document = JsonDocument.Parse(good);
        var members = document.RootElement.EnumerateObject().Where(known => known.Name != member).Select(known => $"\"{known.Name}\":{known.Value.GetRawText()}");
        return "{" + string.Join(',', members.Append($"\"{member}\":{value}")) + "}";
    }

    private static async Task<JsonElement> AssertProblem(HttpResponseMessage response, params int[] statuses)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(statuses.Contains((int)response.StatusCode), $"{(int)response.StatusCode} is not one of {string.Join(", ", statuses)}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.Equal("urn:agentrec:problem:" + problem.GetProperty("code").GetString(), problem.GetProperty("type").GetString());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        if ((int)response.StatusCode is 422)
            Assert.NotEmpty(problem.GetProperty("errors").EnumerateObject());
        return problem;
    }
}
