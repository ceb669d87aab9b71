using System.Text;
using AgentRec.Gateway.Problems;
using AgentRec.Grains.Abstractions.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AgentRec.Gateway.Access;

/// <summary>Lets through who may make the call, and says to the rest of the request who that is.</summary>
/// <param name="next">The rest.</param>
/// <param name="gate">Says whether a key is needed.</param>
/// <param name="keys">Knows the keys.</param>
/// <param name="tokens">Reads tokens of the configured issuer.</param>
/// <param name="limits">What tenants may ask.</param>
/// <param name="options">Names the tenant of callers who need no key.</param>
/// <param name="time">The clock that keys expire by.</param>
internal sealed class CallerCheck(
    RequestDelegate next, AccessGate gate, KeyCache keys, TokenReader tokens, TenantLimits limits, IOptions<GatewayOptions> options, TimeProvider time)
{
    private const string Scheme = "Bearer ";
    private const string PasswordScheme = "Basic ";

    private static readonly AccessScopes Everything = Enum.GetValues<AccessScopes>().Aggregate(static (all, scope) => all | scope);

    /// <summary>Checks.</summary>
    /// <param name="context">The request, routed.</param>
    /// <param name="current">Takes the caller.</param>
    public async Task InvokeAsync(HttpContext context, CurrentCaller current)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<CallRule>() is not { Needs: not AccessScopes.None } rule)
        {
            await next(context);
            return;
        }
        var (caller, refusal) = await IdentifyAsync(context, rule);
        refusal ??= Problem(caller!, rule) ?? limits.Refuse(caller!.Tenant, rule.IsTurn);
        if (refusal is not null)
        {
            await (rule.AsksBrowsers ? AccessRefusals.ToBrowser(refusal) : refusal).ExecuteAsync(context);
            return;
        }
        current.Caller = caller!;
        // What is for one caller is for no cache on the way.
        context.Response.Headers.CacheControl = "no-store";
        await next(context);
    }

    private static Refusal? Problem(Caller caller, CallRule rule) =>
        !caller.Scopes.Allow(rule.Needs) ? AccessRefusals.ScopeMissing(rule.Needs, caller.Scopes)
        : rule.IsOperators && !caller.IsOperator ? AccessRefusals.OperatorsOnly()
        : null;

    private async ValueTask<(Caller? Caller, Refusal? Refusal)> IdentifyAsync(HttpContext context, CallRule rule)
    {
        if (await gate.IsOpenAsync(context.RequestAborted))
            return Locality.IsLocal(context) ? (new Caller(options.Value.Tenant, Everything) { IsOperator = true }, null) : (null, AccessRefusals.LoopbackOnly());
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0)
            return (null, AccessRefusals.KeyMissing());
        var token = header is not [{ } only] ? null
            : only.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? only[Scheme.Length..].Trim()
            : rule.AsksBrowsers ? Password(only)
            : null;
        return AccessSecret.TryParse(token, out var secret) ? await KeyHolderAsync(secret, context.RequestAborted)
            : token is not null ? await tokens.ReadAsync(token, context.RequestAborted)
            : (null, AccessRefusals.KeyRefused());
    }

    /// <summary>The password that a browser sends: base64 of <c>name:password</c>; null where the header is anything else.</summary>
    private static string? Password(string header)
    {
        if (!header.StartsWith(PasswordScheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[PasswordScheme.Length..].Trim(), bytes, out var length))
            return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        return text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? text[(colon + 1)..] : null;
    }

    private async ValueTask<(Caller? Caller, Refusal? Refusal)> KeyHolderAsync(AccessSecret secret, CancellationToken cancellationToken)
    {
        var (stored, asked) = await keys.FindAsync(secret.Id, cancellationToken);
        if (!asked)
            return (null, AccessRefusals.TooManyUnknownKeys());
        // An unknown id, a wrong secret and a key of the past look the same to who tries.
        return stored is not null && secret.Matches(stored.Digest) && stored.Key.IsValid(time.GetUtcNow())
            ? (new Caller(stored.Key.Tenant, stored.Key.Scopes), null)
            : (null, AccessRefusals.KeyRefused());
    }
}
