using AgentRec.Domain;
using AgentRec.Gateway.Problems;
using AgentRec.Grains.Abstractions.Access;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace AgentRec.Gateway.Access;

/// <summary>
/// Reads tokens of the configured issuer: signed with one of its published keys, by an asymmetric method, for this audience, and of
/// now. The issuer's keys are read when the first token comes, again after a while, and when a token names one that is not known.
/// </summary>
internal sealed partial class TokenReader
{
    private static readonly string[] Methods =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private const int Looks = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenRefreshes = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly JwtOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<TokenReader> _logger;
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? _issuer;
    private long _refreshed;

    /// <summary>Reads nothing yet.</summary>
    /// <param name="options">Whose tokens are taken.</param>
    /// <param name="time">The clock that tokens expire by.</param>
    /// <param name="logger">The log.</param>
    public TokenReader(IOptions<AccessOptions> options, TimeProvider time, ILogger<TokenReader> logger)
    {
        (_options, _time, _logger) = (options.Value.Jwt, time, logger);
        if (_options.IsOn)
        {
            _issuer = new(
                _options.Metadata, new OpenIdConnectConfigurationRetriever(),
                new HttpDocumentRetriever(new HttpClient { Timeout = Patience }) { RequireHttps = !new Uri(_options.Metadata).IsLoopback }) { RefreshInterval = BaseConfigurationManager.MinimumRefreshInterval };
        }
    }

    /// <summary>True when tokens are taken.</summary>
    public bool IsOn => _issuer is not null;

    /// <summary>Reads a token.</summary>
    /// <param name="token">The token as it was sent.</param>
    /// <param name="cancellationToken">Stops waiting for the issuer's keys.</param>
    /// <returns>Who calls, or why the token is not taken.</returns>
    public async ValueTask<(Caller? Caller, Refusal? Refusal)> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (_issuer is null || !_handler.CanReadToken(token))
            return (null, AccessRefusals.KeyRefused());
        var (result, isAway) = await ValidateAsync(token, cancellationToken);
        if (isAway)
            return (null, AccessRefusals.IssuerAway());
        return result is { IsValid: true, SecurityToken: JsonWebToken read } && Read(read) is { } caller ? (caller, null) : (null, AccessRefusals.KeyRefused());
    }

    private async Task<(TokenValidationResult? Result, bool IsAway)> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            OpenIdConnectConfiguration issuer;
            try
            {
                issuer = await _issuer!.GetConfigurationAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is InvalidOperationException or IOException)
            {
                LogIssuerAway(exception.GetType().Name);
                return (null, true);
            }
            var result = await _handler.ValidateTokenAsync(token, Terms(issuer));
            if (result.IsValid || attempt > 0 || result.Exception is not SecurityTokenSignatureKeyNotFoundException || !await HasNewKeysAsync(issuer, cancellationToken))
                return (result, false);
        }
    }

    /// <summary>Asks the issuer again for its keys, which it may have changed; for invented key ids only so often.</summary>
    private async Task<bool> HasNewKeysAsync(OpenIdConnectConfiguration known, CancellationToken cancellationToken)
    {
        var (now, last) = (_time.GetTimestamp(), Interlocked.Read(ref _refreshed));
        if ((last != 0 && _time.GetElapsedTime(last, now) < BetweenRefreshes) || Interlocked.CompareExchange(ref _refreshed, now, last) != last)
            return false;
        _issuer!.RequestRefresh();
        // It reads in the background, and answers what it had meanwhile.
        for (var look = 0; look < Looks; look++)
        {
            if (!ReferenceEquals(await _issuer.GetConfigurationAsync(cancellationToken), known))
                return true;
            await Task.Delay(BetweenLooks, _time, cancellationToken);
        }
        return false;
    }

    private TokenValidationParameters Terms(OpenIdConnectConfiguration issuer) => new()
    {
        ValidIssuer = _options.Issuer,
        ValidAudience = _options.Audience,
        IssuerSigningKeys = issuer.SigningKeys,
        ValidAlgorithms = Methods,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        // Its own check reads the machine's clock.
        LifetimeValidator = IsOfNow,
    };

    private bool IsOfNow(DateTime? from, DateTime? until, SecurityToken token, TokenValidationParameters terms)
    {
        var (now, skew) = (_time.GetUtcNow().UtcDateTime, TimeSpan.FromSeconds(_options.ClockSkewSeconds));
        return until is { } end && now < end + skew && (from is not { } start || now >= start - skew);
    }

    private Caller? Read(JsonWebToken token)
    {
        var tenant = token.TryGetPayloadValue<string>(_options.TenantClaim, out var named) ? named : _options.Tenant;
        if (tenant is null || !Identifier.IsValid(tenant))
            return null;
        var scopes = AccessScopes.None;
        foreach (var claim in token.Claims.Where(claim => claim.Type is "scope" or "scp"))
        {
            foreach (var name in claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (name.StartsWith(_options.ScopePrefix, StringComparison.Ordinal))
                    scopes |= AccessScopeNames.Parse(name[_options.ScopePrefix.Length..]);
            }
        }
        return new Caller(tenant, scopes);
    }

    [LoggerMessage(1, LogLevel.Warning, "The issuer of tokens does not say what its keys are ({Failure}); callers with tokens are answered 503", EventName = "IssuerAway")]
    private partial void LogIssuerAway(string failure);
}
