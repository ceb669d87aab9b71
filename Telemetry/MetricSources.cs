using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace AgentRec.Telemetry;

/// <summary>Whose figures are exported, and by what they may be told apart.</summary>
internal static class MetricSources
{
    private const string Orleans = "Microsoft.Orleans";

    // Of some hundred instruments, those that an operator acts on. Their tags name silos and grains: only the kind of grain is kept.
    private static readonly Dictionary<string, string[]> Kept = new(StringComparer.Ordinal)
    {
        ["orleans-grains"] = ["type"],
        ["orleans-catalog-activation-created"] = [],
        ["orleans-catalog-activation-working-set"] = [],
        ["orleans-app-requests-timedout"] = [],
        ["orleans-messaging-sent-messages-size"] = [],
        ["orleans-messaging-sent-local"] = [],
        ["orleans-messaging-rejected"] = [],
        ["orleans-messaging-expired"] = [],
        ["orleans-messaging-sent-dropped"] = [],
        ["orleans-scheduler-long-running-turns"] = [],
        ["orleans-gateway-connected-clients"] = [],
        ["orleans-gateway-load-shedding"] = [],
        ["orleans-storage-write-errors"] = [],
    };

    /// <summary>The meters.</summary>
    public static string[] All { get; } =
        ["AgentRec.*", Orleans, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.RateLimiting", "Npgsql", "System.Runtime"];

    /// <summary>Names of the instruments of Orleans that are exported.</summary>
    public static IReadOnlyCollection<string> OfOrleans => Kept.Keys;

    /// <summary>How an instrument is exported; null for as it is.</summary>
    /// <param name="instrument">The instrument.</param>
    public static MetricStreamConfiguration? View(Instrument instrument) =>
        !string.Equals(instrument.Meter.Name, Orleans, StringComparison.Ordinal) ? null
        : Kept.TryGetValue(instrument.Name, out var tags) ? new MetricStreamConfiguration { TagKeys = tags }
        : MetricStreamConfiguration.Drop;
}
