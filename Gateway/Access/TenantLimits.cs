using System.Threading.RateLimiting;
using AgentRec.Gateway.Problems;
using Microsoft.Extensions.Options;

namespace AgentRec.Gateway.Access;

/// <summary>Keeps every tenant to its terms, so that one cannot take the gateway from the others: token buckets for rates, a window of a day for the quota.</summary>
internal sealed class TenantLimits : IDisposable
{
    private readonly PartitionedRateLimiter<string> _requests;
    private readonly PartitionedRateLimiter<string> _turns;
    private readonly PartitionedRateLimiter<string> _days;

    /// <summary>Makes the limits.</summary>
    /// <param name="options">The terms.</param>
    public TenantLimits(IOptions<AccessOptions> options)
    {
        var limits = options.Value.Limits;
        _requests = Rate(tenant => (limits.Of(tenant).RequestsPerSecond, limits.Of(tenant).BurstSeconds));
        _turns = Rate(tenant => (limits.Of(tenant).TurnsPerSecond, limits.Of(tenant).BurstSeconds));
        _days = PartitionedRateLimiter.Create<string, string>(tenant => limits.Of(tenant).TurnsPerDay is > 0 and var turns
            ? RateLimitPartition.GetFixedWindowLimiter(tenant, _ => new FixedWindowRateLimiterOptions { PermitLimit = turns, Window = TimeSpan.FromDays(1) })
            : RateLimitPartition.GetNoLimiter(tenant));
    }

    /// <summary>Counts a request.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="isTurn">True for one that takes a turn.</param>
    /// <returns>When to come again; null for a request within the terms.</returns>
    public Refusal? Refuse(string tenant, bool isTurn) =>
        Refused(_requests, tenant, AccessRefusals.RateLimited)
        ?? (isTurn ? Refused(_turns, tenant, AccessRefusals.RateLimited) ?? Refused(_days, tenant, AccessRefusals.QuotaUsedUp) : null);

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
                TokenLimit = (int)Math.Min(int.MaxValue, (long)rate * burst),
                TokensPerPeriod = rate,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            })
            : RateLimitPartition.GetNoLimiter(tenant));
}
