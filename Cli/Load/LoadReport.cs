using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentRec.Cli.Load;

/// <summary>What a load on a running cluster found.</summary>
/// <param name="Version">The version of the program that made the load.</param>
/// <param name="StartedAt">When.</param>
/// <param name="Target">The cluster's address.</param>
/// <param name="Generator">The machine that made the load; the cluster's own where <paramref name="Target"/> is on loopback.</param>
/// <param name="Terms">What was asked for.</param>
/// <param name="Rates">What came of it, by rate in the order given.</param>
internal sealed record LoadReport(string Version, DateTimeOffset StartedAt, Uri Target, Machine Generator, LoadTerms Terms, ImmutableArray<RateFigures> Rates)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) }, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The report as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <summary>What came of one rate. Latencies are in milliseconds, of requests that succeeded, from when they were to start.</summary>
/// <param name="Rate">Requests a second that were to start.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="Lasted">Seconds until the last of them had ended.</param>
/// <param name="SucceededPerSecond">Requests that succeeded, by the longer of the two times.</param>
/// <param name="All">All requests.</param>
/// <param name="Kinds">The same by kind.</param>
/// <param name="StartedLate">How much later than due requests started: the share of the load generator and its timers in the latencies.</param>
internal sealed record RateFigures(
    double Rate, double Seconds, double Lasted, double SucceededPerSecond, KindFigures All, ImmutableSortedDictionary<RequestKind, KindFigures> Kinds, LatencyFigures? StartedLate);

/// <summary>What became of requests.</summary>
/// <param name="Offered">How many were due.</param>
/// <param name="Succeeded">How many did what was asked.</param>
/// <param name="Failed">How many did not.</param>
/// <param name="NotStarted">How many were due and not sent, because too many were under way or no session was idle.</param>
/// <param name="Errors">The failed ones by HTTP status, <c>timeout</c> or <c>connection</c>.</param>
/// <param name="Latency">Of the succeeded ones; absent where there are none.</param>
internal sealed record KindFigures(
    long Offered, long Succeeded, long Failed, long NotStarted, ImmutableSortedDictionary<string, long> Errors, LatencyFigures? Latency);

/// <summary>What was asked for.</summary>
/// <param name="Rates">Requests a second, one measurement each.</param>
/// <param name="Seconds">How long each is measured.</param>
/// <param name="WarmUpSeconds">How long each runs unmeasured before.</param>
/// <param name="Users">How many users, each with a session.</param>
/// <param name="Mix">What the load is made of.</param>
/// <param name="IngestionSize">Interactions in a request of ingestion.</param>
/// <param name="MaximumInFlight">Requests under way at a time.</param>
/// <param name="TimeoutSeconds">After which a request is given up.</param>
/// <param name="Seed">Decides who asks for what.</param>
internal sealed record LoadTerms(
    ImmutableArray<double> Rates, double Seconds, double WarmUpSeconds, int Users, RequestMix Mix, int IngestionSize, int MaximumInFlight, double TimeoutSeconds, ulong Seed);
