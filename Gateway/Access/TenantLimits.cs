using System.Threading.RateLimiting;
using AgentRec.Gateway.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace AgentRec.Gateway.Access;

/// <summary>Keeps every tenant to its terms, so that one cannot take the gateway from the others: token buckets for rates, a window of a day for the quota.</summary>
internal sealed class TenantLimits : IDisposable
{
    private const string Turn = "takeTurn";

    private readonly PartitionedRateLimiter<string> _requests;
    private readonly PartitionedRateLimiter<string> _turns;
    private readonly PartitionedRateLimiter<string> _days;
    private readonly RequestDelegate _next;

    /// <summary>Makes the limits.</summary>
    /// <param name="next">The rest.</param>
    /// <param name="options">The terms.</param>
    public TenantLimits(RequestDelegate next, IOptions<AccessOptions> options)
    {
        _next = next;
        var limits = options.Value.Limits;
        _requests = Rate(tenant => (limits.Of(tenant).RequestsPerSecond, limits.Of(tenant).BurstSeconds));
        _turns = Rate(tenant => (limits.Of(tenant).TurnsPerSecond, limits.Of(tenant).BurstSeconds));
        _days = PartitionedRateLimiter.Create<string, string>(tenant => limits.Of(tenant).TurnsPerDay is > 0 and var turns
            ? RateLimitPartition.GetFixedWindowLimiter(tenant, _ => new FixedWindowRateLimiterOptions { PermitLimit = turns, Window = TimeSpan.FromDays(1) })
            : RateLimitPartition.GetNoLimiter(tenant));
    }

    /// <summary>Lets the request through, or says when to come again.</summary>
    /// <param name="context">The request, its caller known.</param>
    /// <param name="current">The caller.</param>
    public async Task InvokeAsync(HttpContext context, CurrentCaller current)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<CallRule>() is null)
        {
            await _next(context);
            return;
        }
        var tenant = current.Caller.Tenant;
        var isTurn = string.Equals(context.GetEndpoint()!.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName, Turn, StringComparison.Ordinal);
        if (Refused(_requests, tenant, AccessRefusals.RateLimited) is { } tooMany)
            await tooMany.ExecuteAsync(context);
        else if (isTurn && (Refused(_turns, tenant, AccessRefusals.RateLimited) ?? Refused(_days, tenant, AccessRefusals.QuotaUsedUp)) is { } tooManyTurns)
            await tooManyTurns.ExecuteAsync(context);
        else
            await _next(context);
    }

    public void Dispose()
    {
        _requests.Dispose();
        _turns.Dispose();
        _days.Dispose();
    }

    private static Refusal? Refused(PartitionedRateLimiter<string> limiter, string tenant, Func<int, Refusal> refusal)
    {
        using var lease = limiter.AttemptAcquire(tenant);
        return lease.IsAcquired
            ? null
            : refusal(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1);
    }

    private static PartitionedRateLimiter<string> Rate(Func<string, (int PerSecond, int Burst)> terms) =>
        PartitionedRateLimiter.Create<string, string>(tenant => terms(tenant) is (> 0 and var rate, var burst)
            ? RateLimitPartition.GetTokenBucketLimiter(tenant, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = rate * burst, TokensPerPeriod = rate, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
            })
            : RateLimitPartition.GetNoLimiter(tenant));
}
