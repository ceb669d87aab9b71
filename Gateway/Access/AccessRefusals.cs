using AgentRec.Domain;
using AgentRec.Gateway.Problems;
using AgentRec.Grains.Abstractions.Access;
using Microsoft.AspNetCore.Http;

namespace AgentRec.Gateway.Access;

/// <summary>The problems that callers are answered with who may not make a call.</summary>
internal static class AccessRefusals
{
    private const string Challenge = "Bearer realm=\"agentrec\"";

    /// <summary>No key was sent.</summary>
    public static Refusal KeyMissing() => new(StatusCodes.Status401Unauthorized, "key-missing", "The call needs an access key.")
    {
        Detail = "Send 'Authorization: Bearer arec_...'. 'agentrec keys create' makes a key.",
        Challenge = Challenge,
    };

    /// <summary>The same, to a browser, which asks for a password then.</summary>
    /// <param name="refusal">What is answered.</param>
    public static Refusal ToBrowser(Refusal refusal) =>
        refusal.Status is StatusCodes.Status401Unauthorized ? refusal with { Challenge = "Basic realm=\"agentrec: the password is an access key with the scope admin\", charset=\"UTF-8\"" } : refusal;

    /// <summary>What was sent is no valid key.</summary>
    public static Refusal KeyRefused() => new(StatusCodes.Status401Unauthorized, "key-refused", "The access key is not taken.")
    {
        Detail = "It is unknown, wrong, expired or revoked.",
        Challenge = Challenge + ", error=\"invalid_token\"",
    };

    /// <summary>The caller lacks the call's scope.</summary>
    /// <param name="needed">The call's scope.</param>
    /// <param name="granted">The caller's.</param>
    public static Refusal ScopeMissing(AccessScopes needed, AccessScopes granted)
    {
        var name = AccessScopeNames.NamesOf(needed)[0];
        return new(StatusCodes.Status403Forbidden, "scope-missing", "The caller may not make this call.")
        {
            Detail = $"It needs the scope '{name}'; the caller has {(granted is AccessScopes.None ? "none" : string.Join(", ", AccessScopeNames.NamesOf(granted)))}.",
            Errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["scope"] = [name] },
            Challenge = $"{Challenge}, error=\"insufficient_scope\", scope=\"{name}\"",
        };
    }

    /// <summary>Without keys only callers on the node's own machine are served.</summary>
    public static Refusal LoopbackOnly() => new(StatusCodes.Status403Forbidden, "loopback-only", "Only callers on the node's own machine are served.")
    {
        Detail = "Nobody needs a key here, and so nobody else is served. Call directly, from the machine that the node runs on and not through a proxy, or make a key with 'agentrec keys create'.",
    };

    /// <summary>The call tells of all tenants, and the caller is of one.</summary>
    public static Refusal OperatorsOnly() => new(StatusCodes.Status403Forbidden, "operator-only", "The call is the operator's.")
    {
        Detail = $"It tells of all tenants. Use a key of the tenant '{Identifier.DefaultTenant}'. What serves the caller's own tenant is in GET /v1/models.",
    };

    /// <summary>The issuer of tokens cannot be asked for its keys.</summary>
    public static Refusal IssuerAway() => new(StatusCodes.Status503ServiceUnavailable, "issuer-away", "The token cannot be checked.")
    {
        Detail = "The issuer's keys cannot be read at this moment. Repeat the request.",
        RetryAfter = 5,
    };

    /// <summary>The tenant asks more a second than it may.</summary>
    /// <param name="seconds">After which it may ask again.</param>
    public static Refusal RateLimited(int seconds) => new(StatusCodes.Status429TooManyRequests, "rate-limited", "The tenant asks too much at once.")
    {
        Detail = "Wait as long as Retry-After says, then repeat the request.",
        RetryAfter = seconds,
    };

    /// <summary>The tenant has used up its turns of the day.</summary>
    /// <param name="seconds">After which there are new ones.</param>
    public static Refusal QuotaUsedUp(int seconds) => new(StatusCodes.Status429TooManyRequests, "quota-used-up", "The tenant's turns of the day are used up.")
    {
        Detail = "Retry-After says when there are new ones.",
        RetryAfter = seconds,
    };

    /// <summary>More unknown keys were sent than the cluster is asked about.</summary>
    public static Refusal TooManyUnknownKeys() => new(StatusCodes.Status503ServiceUnavailable, "too-many-unknown-keys", "Too many unknown keys are being tried.")
    {
        Detail = "A key that was not used of late cannot be looked up at this moment. Repeat the request.",
        RetryAfter = 1,
    };

    /// <summary>An admin of one tenant makes no keys for another.</summary>
    public static Refusal ForeignTenant() => new(StatusCodes.Status403Forbidden, "foreign-tenant", "Keys of another tenant are not the caller's to make.")
    {
        Detail = "Leave the tenant out, or use a key of the operator's tenant.",
    };

    /// <summary>There is no such access key.</summary>
    public static Refusal UnknownKey() => new(StatusCodes.Status404NotFound, "unknown-access-key", "There is no such access key.")
    {
        Detail = "GET /v1/keys/access lists those there are.",
    };
}
