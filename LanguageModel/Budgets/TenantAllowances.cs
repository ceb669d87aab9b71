using System.Collections.Concurrent;

namespace AgentRec.LanguageModel.Budgets;

/// <summary>What each tenant has spent in the minute that runs.</summary>
/// <param name="requests">Requests that a tenant may send in a minute.</param>
/// <param name="tokens">Tokens that a tenant may spend in a minute.</param>
/// <param name="time">The clock that minutes go by.</param>
internal sealed class TenantAllowances(int requests, long tokens, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Minute> _tenants = new(StringComparer.Ordinal);

    /// <summary>Takes a request with the most tokens that it can cost.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="estimate">The tokens.</param>
    /// <returns>Why it is not granted; null where it is.</returns>
    public string? Take(string tenant, long estimate)
    {
        var minute = Of(tenant);
        lock (minute)
        {
            minute.Turn(Minutes);
            if (minute.Requests >= requests)
                return "the tenant's requests of this minute are spent";
            if (minute.Tokens + estimate > tokens)
                return "the tenant's tokens of this minute are spent";
            minute.Requests++;
            minute.Tokens += estimate;
            return null;
        }
    }

    /// <summary>
    /// Puts right what a request was taken to cost, in the minute that it was taken in. What came back of an earlier minute is nothing
    /// that a later one has spent; what it cost beyond the estimate is owed by the minute that runs.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="taken">The number of the minute in which the request was taken, see <see cref="Minutes"/>.</param>
    /// <param name="difference">Tokens that it cost beyond the estimate; usually less than none.</param>
    public void Settle(string tenant, long taken, long difference)
    {
        var minute = Of(tenant);
        lock (minute)
        {
            minute.Turn(Minutes);
            if (taken == minute.Number || difference > 0)
                minute.Tokens = Math.Max(0, minute.Tokens + difference);
        }
    }

    /// <summary>The number of the minute that runs.</summary>
    public long Minutes => time.GetUtcNow().ToUnixTimeSeconds() / 60;

    private Minute Of(string tenant) => _tenants.GetOrAdd(tenant, static _ => new Minute());

    private sealed class Minute
    {
        public long Number { get; private set; }

        public int Requests { get; set; }

        public long Tokens { get; set; }

        public void Turn(long now)
        {
            if (Number == now)
                return;
            (Number, Requests, Tokens) = (now, 0, 0);
        }
    }
}
