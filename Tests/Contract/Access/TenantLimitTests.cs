using AgentRec.Grains.Abstractions.Access;
using Microsoft.Extensions.Options;

namespace AgentRec.Tests.Contract.Access;

/// <summary>Gateways that keep tenants to their terms.</summary>
[Collection(GatewayCollection.Name)]
public sealed class TenantLimitTests : IAsyncLifetime
{
    private readonly GatewayHost gateway = new();
    private bool started;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (started)
            await gateway.DisposeAsync();
    }

    [Fact]
    public async Task Requests_BeyondTheRate_Are429_ForThatTenantAlone()
    {
        var (one, other) = (gateway.Key(AccessScopes.Admin), gateway.Key(AccessScopes.Admin, "b"));
        await StartAsync(("Access:Limits:RequestsPerSecond", "1"), ("Access:Limits:Tenants:b:RequestsPerSecond", "1000"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            using var response = await gateway.Send("GET", "/v1/policies", headers: one);
            return ((int)response.StatusCode, response.Headers.RetryAfter?.Delta);
        }));

        Assert.Contains(answers, answer => answer.Item1 == 200);
        Assert.Contains(answers, answer => answer is (429, { TotalSeconds: >= 1 }));
        Assert.All(answers, answer => Assert.True(answer.Item1 is 200 or 429));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => gateway.Call("GET", "/v1/policies", null, other))), answer => Assert.Equal(200, answer.Status));
        // What everybody may read is nobody's quota.
        foreach (var open in new[] { "/health/live", "/v1/keys" })
            Assert.All(await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => gateway.Call("GET", open))), answer => Assert.Equal(200, answer.Status));
    }

    [Fact]
    public async Task Turns_BeyondTheQuotaOfTheDay_Are429_AndOtherCallsGoOn()
    {
        await StartAsync(("Access:Limits:TurnsPerDay", "2"));
        var turns = $"/v1/sessions/{await gateway.OpenSession()}/turns";
        Assert.Equal((200, 200), ((await gateway.Call("POST", turns, "{}")).Status, (await gateway.Call("POST", turns, "{}")).Status));
        var (status, problem) = await gateway.Call("POST", turns, "{}");
        Assert.Equal((429, "quota-used-up"), (status, problem.GetProperty("code").GetString()));
        Assert.Equal(200, (await gateway.Call("GET", "/v1/policies")).Status);
    }

    [Fact]
    public async Task GreatestTerms_AreNoFault()
    {
        await StartAsync(("Access:Limits:RequestsPerSecond", "1000000"), ("Access:Limits:BurstSeconds", "3600"));
        Assert.Equal(200, (await gateway.Call("GET", "/v1/policies")).Status);
    }

    [Theory]
    [InlineData("Access:Limits:TurnsPerDay", "-1", "TurnsPerDay")]
    [InlineData("Access:Limits:BurstSeconds", "0", "BurstSeconds")]
    [InlineData("Access:Limits:Tenants:b:RequestsPerSecond", "-5", "tenant 'b'")]
    [InlineData("Access:Jwt:Issuer", "https://id.example", "Access:Jwt:Audience")]
    [InlineData("Access:Jwt:Audience", "x", "Access:Jwt:Issuer")]
    [InlineData("Access:CacheSeconds", "0", "Access:CacheSeconds")]
    public async Task Options_ThatMakeNoSense_StopTheStart(string name, string value, string named)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync((name, value)));
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_OverPlainHttpFromElsewhere_StopsTheStart()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(("Access:Jwt:Issuer", "http://id.example"), ("Access:Jwt:Audience", "x")));
        Assert.Contains("https", refusal.Message, StringComparison.Ordinal);
    }

    private async Task StartAsync(params (string Name, string Value)[] settings)
    {
        foreach (var (name, value) in settings)
            gateway.Settings[name] = value;
        await gateway.InitializeAsync();
        started = true;
    }
}
