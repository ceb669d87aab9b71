using System.Net;

namespace AgentRec.Tests.Contract;

[Collection(GatewayCollection.Name)]
public sealed class LimitTests
{
    [Fact]
    public async Task Turns_BeyondTheLimit_AreRefusedAsRetriable()
    {
        var gateway = new GatewayHost();
        gateway.Settings["Gateway:MaximumConcurrentTurns"] = "1";
        gateway.Settings["Gateway:MaximumWaitingTurns"] = "0";
        await gateway.InitializeAsync();
        var (held, other) = (await gateway.OpenSession(), await gateway.OpenSession());
        using var running = await gateway.Send("POST", $"/v1/sessions/{held}/turns", """{"message":"hold"}""", headers: ("Accept", "text/event-stream"));
        using var refused = await gateway.Send("POST", $"/v1/sessions/{other}/turns", "{}");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (refused.StatusCode, refused.Headers.GetValues("Retry-After").Single()));
        Assert.Equal(204, (await gateway.Call("DELETE", $"/v1/sessions/{held}")).Status);
        await gateway.DisposeAsync();
    }

    [Fact]
    public async Task Turn_LongerThanTheLimit_IsRefusedAsRetriable()
    {
        var gateway = new GatewayHost();
        gateway.Settings["Gateway:TurnTimeout"] = "00:00:01";
        await gateway.InitializeAsync();
        var session = await gateway.OpenSession();
        var (status, problem) = await gateway.Call("POST", $"/v1/sessions/{session}/turns", """{"message":"hold"}""");
        Assert.Equal((503, "turn-timeout"), (status, problem.GetProperty("code").GetString()));
        await gateway.DisposeAsync();
    }

    [Fact]
    public async Task Start_WithAWrongSetting_NamesIt()
    {
        var gateway = new GatewayHost();
        gateway.Settings["Gateway:Attempts"] = "99";
        var failure = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(gateway.InitializeAsync);
        Assert.Equal("Gateway:Attempts is 99; it must be from 1 to 10.", failure.Message);
    }
}
