using System.Net;

namespace AgentRec.Tests.Contract;

[Collection(GatewayCollection.Name)]
public sealed class EventStreamTests(GatewayHost gateway)
{
    private const string All = "id: 1\nevent: plan\ndata: {\"steps\":2}\n\n" + Rest;
    private const string Rest = "id: 2\nevent: toolCall\ndata: {\"tool\":\"vectors\"}\n\n" + Last;
    private const string Last = "id: 3\nevent: slate\ndata: {\"items\":\ndata: []}\n\n";

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("text/event-stream, application/json;q=0.5")]
    public async Task Turn_AskedForAsAStream_TellsEveryEventAndEnds(string accept)
    {
        var session = await gateway.OpenSession();
        using var response = await gateway.Send("POST", $"/v1/sessions/{session}/turns", "{}", headers: ("Accept", accept));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(All, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("application/json, text/event-stream;q=0.5")]
    [InlineData("text/event-stream;q=0")]
    [InlineData("nonsense")]
    public async Task Turn_NotAskedForAsAStream_IsJson(string accept)
    {
        var session = await gateway.OpenSession();
        using var response = await gateway.Send("POST", $"/v1/sessions/{session}/turns", "{}", headers: ("Accept", accept));
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("", null, All)]
    [InlineData("?after=1", null, Rest)]
    [InlineData("?after=1", "2", Last)]
    [InlineData("", "2", Last)]
    [InlineData("", "0", All)]
    public async Task Events_OfAFinishedTurn_AreTakenUpWhereTheyBroke(string query, string? lastEventId, string expected)
    {
        var session = await gateway.OpenSession();
        await gateway.Call("POST", $"/v1/sessions/{session}/turns", "{}");
        using var response = await gateway.Send("GET", $"/v1/sessions/{session}/turns/1/events{query}", headers: lastEventId is null ? [] : [("Last-Event-ID", lastEventId)]);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Events_BehindTheLastOne_AreNoContent()
    {
        var session = await gateway.OpenSession();
        await gateway.Call("POST", $"/v1/sessions/{session}/turns", "{}");
        using var response = await gateway.Send("GET", $"/v1/sessions/{session}/turns/1/events", headers: ("Last-Event-ID", "3"));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Theory]
    [InlineData("?after=0")]
    [InlineData("?after=7")]
    public async Task Events_OfAnUnknownTurn_Are404(string query)
    {
        var session = await gateway.OpenSession();
        var (status, problem) = await gateway.Call("GET", $"/v1/sessions/{session}/turns/2/events{query}");
        Assert.Equal((404, "unknown-turn"), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Events_OfABrokenEnumeration_ComeOnceEach()
    {
        var session = await gateway.OpenSession();
        using var response = await gateway.Send("POST", $"/v1/sessions/{session}/turns", """{"message":"break"}""", headers: ("Accept", "text/event-stream"));
        Assert.Equal(All, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Events_OfARunningTurn_ArriveAtOnce_AndSilenceIsFilled()
    {
        var session = await gateway.OpenSession();
        using var response = await gateway.Send("POST", $"/v1/sessions/{session}/turns", """{"message":"hold"}""", headers: ("Accept", "text/event-stream"));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var lines = new List<string?>();
        while (!lines.Contains(": alive"))
            lines.Add(await reader.ReadLineAsync());
        Assert.Equal(["id: 1", "event: plan", "data: {\"steps\":2}", "", "id: 2", "event: toolCall", "data: {\"tool\":\"vectors\"}", "", ": alive"], lines);
        await gateway.Call("DELETE", $"/v1/sessions/{session}");
    }

    [Fact]
    public async Task Stream_OfARefusedTurn_IsAProblem()
    {
        using var response = await gateway.Send("POST", "/v1/sessions/absent/turns", "{}", headers: ("Accept", "text/event-stream"));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
