using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace AgentRec.Tests.Contract.Access;

/// <summary>A gateway that takes the tokens of an issuer.</summary>
[Collection(GatewayCollection.Name)]
public sealed class TokenTests : IAsyncLifetime
{
    private const string Audience = "agentrec";

    private readonly FakeIssuer issuer = new();
    private readonly GatewayHost gateway = new();

    public async Task InitializeAsync()
    {
        await issuer.InitializeAsync();
        gateway.Settings["Access:Jwt:Issuer"] = issuer.Url;
        gateway.Settings["Access:Jwt:Audience"] = Audience;
        await gateway.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await gateway.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [Fact]
    public async Task Tokens_OfTheIssuer_GrantTheirScopesInTheirTenant()
    {
        Assert.Equal((401, "key-missing"), await AskAsync(null));
        Assert.Equal((200, null), await AskAsync(issuer.Token(Audience)));
        Assert.Equal((200, null), await AskAsync(issuer.Token(Audience, scope: "openid sessions read")));
        Assert.Equal((403, "scope-missing"), await AskAsync(issuer.Token(Audience, scope: "openid sessions")));
        Assert.Equal((403, "scope-missing"), await AskAsync(issuer.Token(Audience, scope: "")));
        // The cluster is its operator's.
        Assert.Equal((200, null), await AskAsync(issuer.Token(Audience, scope: "admin"), "/v1/cluster"));
        Assert.Equal((403, "operator-only"), await AskAsync(issuer.Token(Audience, scope: "admin", tenant: "b"), "/v1/cluster"));
    }

    [Fact]
    public async Task Tokens_ThatAreNotQuiteRight_AreRefused()
    {
        var good = issuer.Token(Audience);
        var parts = good.Split('.');
        string[] wrong =
        [
            issuer.Token("another service"),
            issuer.Token(Audience, from: "https://elsewhere.example"),
            issuer.Token(Audience, expires: FakeIssuer.Now.AddMinutes(-5), starts: FakeIssuer.Now.AddMinutes(-10)),
            issuer.Token(Audience, expires: FakeIssuer.Now.AddMinutes(20), starts: FakeIssuer.Now.AddMinutes(10)),
            issuer.Token(Audience, tenant: null),
            issuer.Token(Audience, tenant: "a\nb"),
            issuer.Token(Audience, key: new RsaSecurityKey(RSA.Create(2048)) { KeyId = issuer.Key.KeyId }),
            issuer.Token(Audience, key: new RsaSecurityKey(RSA.Create(2048)) { KeyId = "unknown" }),
            // Signed with the public key as if it were a shared secret.
            issuer.Token(Audience, key: new SymmetricSecurityKey(issuer.Key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = issuer.Key.KeyId }, method: SecurityAlgorithms.HmacSha256),
            $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.",
            $"{parts[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("read", "admin", StringComparison.Ordinal))}.{parts[2]}",
            good + "x", parts[0], "..", "a.b.c", new string('a', 5_000),
        ];
        foreach (var token in wrong)
            Assert.Equal((401, "key-refused"), await AskAsync(token));
        Assert.Equal((200, null), await AskAsync(good));
    }

    [Fact]
    public async Task IssuerThatRotates_IsAskedAgain_AndOneThatIsAwayIs503()
    {
        issuer.IsAway = true;
        Assert.Equal((503, "issuer-away"), await AskAsync(issuer.Token(Audience)));
        issuer.IsAway = false;
        Assert.Equal((200, null), await AskAsync(issuer.Token(Audience)));
        issuer.Rotate();
        Assert.Equal((200, null), await AskAsync(issuer.Token(Audience)));
    }

    private async Task<(int Status, string? Code)> AskAsync(string? token, string path = "/v1/policies")
    {
        using var response = await gateway.Send("GET", path, headers: token is null ? [] : [GatewayHost.Bearer(token)]);
        if (response.StatusCode is HttpStatusCode.OK)
            return (200, null);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return ((int)response.StatusCode, problem.RootElement.GetProperty("code").GetString());
    }
}
