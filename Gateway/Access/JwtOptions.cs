using System.ComponentModel.DataAnnotations;

namespace AgentRec.Gateway.Access;

/// <summary>Whose tokens are taken beside access keys, bound to <c>Access:Jwt</c>. Without an issuer none are.</summary>
public sealed class JwtOptions : IValidatableObject
{
    /// <summary>Who issues the tokens: their <c>iss</c>, exactly.</summary>
    /// <value>The default, null, takes no tokens.</value>
    public string? Issuer { get; set; }

    /// <summary>For whom they must be issued: one of their <c>aud</c>, exactly. It is needed with an issuer.</summary>
    public string? Audience { get; set; }

    /// <summary>Where the issuer describes itself and its keys (OpenID Connect Discovery).</summary>
    /// <value>The default is <c>/.well-known/openid-configuration</c> under the issuer. HTTPS, but for an address of this machine.</value>
    public string? MetadataAddress { get; set; }

    /// <summary>The claim that names the caller's tenant.</summary>
    /// <value>The default is <c>tenant</c>.</value>
    [Required(ErrorMessage = "Access:Jwt:TenantClaim must name a claim.")]
    public string TenantClaim { get; set; } = "tenant";

    /// <summary>The tenant of tokens without that claim.</summary>
    /// <value>The default, null, refuses them.</value>
    public string? Tenant { get; set; }

    /// <summary>What scopes begin with in the claims <c>scope</c> and <c>scp</c>; others are none of the gateway's.</summary>
    /// <value>The default is empty: <c>sessions</c>, <c>ingest</c>, <c>admin</c>, <c>read</c>.</value>
    public string ScopePrefix { get; set; } = "";

    /// <summary>How far the issuer's clock may be off, in seconds.</summary>
    /// <value>The default is 30; from 0 to 300.</value>
    [Range(0, 300, ErrorMessage = "Access:Jwt:ClockSkewSeconds must be from 0 to 300.")]
    public int ClockSkewSeconds { get; set; } = 30;

    internal bool IsOn => !string.IsNullOrWhiteSpace(Issuer);

    internal string Metadata => MetadataAddress ?? $"{Issuer!.TrimEnd('/')}/.well-known/openid-configuration";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOn)
        {
            if (Audience is not null || MetadataAddress is not null)
                yield return new ValidationResult("Access:Jwt:Issuer must say who issues the tokens, since Access:Jwt says more about them.");
            yield break;
        }
        if (string.IsNullOrWhiteSpace(Audience))
            yield return new ValidationResult("Access:Jwt:Audience must say for whom tokens are issued: without it tokens for other services would be taken.");
        if (!Uri.TryCreate(Metadata, UriKind.Absolute, out var address) || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
            yield return new ValidationResult($"Access:Jwt:MetadataAddress must be an https address (http on this machine alone); it is '{Metadata}'.");
    }
}
