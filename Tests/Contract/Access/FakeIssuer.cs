using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AgentRec.Tests.Contract.Access;

/// <summary>Issues tokens, and says on a loopback port what its keys are.</summary>
internal sealed class FakeIssuer : IAsyncLifetime
{
    private WebApplication? _app;
    private int _keys;

    public FakeIssuer() => Rotate();

    public static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    public RsaSecurityKey Key { get; private set; } = null!;

    public string Url { get; private set; } = "";

    /// <summary>True: it answers nothing.</summary>
    public bool IsAway { get; set; }

    /// <summary>Signs with a new key from now on, and forgets the old one.</summary>
    public void Rotate() => Key = new RsaSecurityKey(RSA.Create(2048)) { KeyId = $"key-{++_keys}" };

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => IsAway
            ? Results.StatusCode(500)
            : Results.Text(JsonSerializer.Serialize(new { issuer = Url, jwks_uri = Url + "/keys" }), "application/json"));
        _app.MapGet("/keys", () =>
        {
            var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(Key.Rsa.ExportParameters(includePrivateParameters: false)) { KeyId = Key.KeyId });
            return Results.Text(JsonSerializer.Serialize(new { keys = new[] { new { kty = key.Kty, kid = key.Kid, use = "sig", n = key.N, e = key.E } } }), "application/json");
        });
        await _app.StartAsync();
        Url = _app.Urls.First();
    }

    public async Task DisposeAsync() => await _app!.DisposeAsync();

    /// <summary>Issues a token.</summary>
    public string Token(
        string audience, string? tenant = "default", string scope = "read", string? from = null, DateTime? expires = null, DateTime? starts = null,
        SecurityKey? key = null, string method = SecurityAlgorithms.RsaSha256)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["scope"] = scope };
        if (tenant is not null)
            claims["tenant"] = tenant;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = from ?? Url,
            Audience = audience,
            Claims = claims,
            NotBefore = starts ?? Now.AddMinutes(-1),
            IssuedAt = starts ?? Now.AddMinutes(-1),
            Expires = expires ?? Now.AddMinutes(5),
            SigningCredentials = new SigningCredentials(key ?? Key, method),
        });
    }
}
