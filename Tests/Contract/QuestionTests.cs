namespace AgentRec.Tests.Contract;

/// <summary>Turns that end in a question, and answers to it.</summary>
[Collection(GatewayCollection.Name)]
public sealed class QuestionTests(GatewayHost gateway)
{
    [Fact]
    public async Task Turn_ThatAsks_IsAQuestionWithOptionsAndWhatTheyMean()
    {
        var session = await gateway.OpenSession();
        var (status, turn) = await gateway.Call("POST", $"/v1/sessions/{session}/turns", """{"message":"ask","questions":"eager"}""");

        Assert.Equal(200, status);
        Assert.Equal("question", turn.GetProperty("kind").GetString());
        Assert.False(turn.TryGetProperty("slate", out _));
        var question = turn.GetProperty("question");
        Assert.Equal(("q-1", "What genre?", "genre"), (question.GetProperty("id").GetString(), question.GetProperty("text").GetString(), question.GetProperty("facet").GetString()));
        Assert.Equal(["Comedy", "No preference"], question.GetProperty("options").EnumerateArray().Select(option => option.GetString()));
        var meaning = question.GetProperty("meanings")[0].GetProperty("constraints")[0];
        Assert.Equal(("genre", "eq", "Comedy", "soft"), (
            meaning.GetProperty("facet").GetString(), meaning.GetProperty("op").GetString(), meaning.GetProperty("value").GetString(), meaning.GetProperty("strength").GetString()));
    }

    [Fact]
    public async Task Answer_ToTheOpenQuestion_IsTaken_AndToAnotherRefused()
    {
        var session = await gateway.OpenSession();
        await gateway.Call("POST", $"/v1/sessions/{session}/turns", """{"message":"ask"}""");

        var (status, _) = await gateway.Call("POST", $"/v1/sessions/{session}/turns", """{"answer":{"questionId":"q-1","value":"Comedy"}}""");
        Assert.Equal(200, status);

        var (again, problem) = await gateway.Call("POST", $"/v1/sessions/{session}/turns", """{"answer":{"questionId":"q-1","value":"Comedy"}}""");
        Assert.Equal((422, "unknown-question"), (again, problem.GetProperty("code").GetString()));
        Assert.Equal("The session has moved on.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Stream_OfATurnThatAsks_EndsWithTheQuestion()
    {
        var session = await gateway.OpenSession();
        using var response = await gateway.Send("POST", $"/v1/sessions/{session}/turns", """{"message":"ask"}""", headers: ("Accept", "text/event-stream"));

        Assert.EndsWith("id: 3\nevent: question\ndata: {}\n\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"sometimes\"")]
    [InlineData("true")]
    [InlineData("\"Eager\"")]
    public async Task Questions_ThatAreNoMode_AreRefused(string mode)
    {
        var session = await gateway.OpenSession();
        var (status, problem) = await gateway.Call("POST", $"/v1/sessions/{session}/turns", $$"""{"questions":{{mode}}}""");

        Assert.Equal(422, status);
        Assert.Equal("must be one of auto, never, eager", problem.GetProperty("errors").GetProperty("questions")[0].GetString());
    }
}
