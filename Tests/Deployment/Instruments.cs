using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;

namespace AgentRec.Tests.Deployment;

/// <summary>Every instrument that this process has made, by the names that the collector gives them in Prometheus.</summary>
internal static partial class Instruments
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal) { ["s"] = "seconds", ["ms"] = "milliseconds", ["By"] = "bytes", ["us"] = "microseconds" };

    /// <summary>The names of all instruments of the given meters.</summary>
    /// <param name="exported">Tells the instruments that are exported.</param>
    public static IReadOnlySet<string> Names(Func<Instrument, bool> exported)
    {
        var names = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (!exported(instrument))
                return;
            foreach (var name in InPrometheus(instrument))
                names.TryAdd(name, true);
        };
        // What was made before is told at once.
        listener.Start();
        return names.Keys.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The metrics that an expression reads.</summary>
    /// <param name="expression">In PromQL.</param>
    public static IEnumerable<string> Read(string expression) =>
        Metric().Matches(Label().Replace(Grouping().Replace(expression, " "), " ")).Select(match => match.Value).Where(name => !Words.Contains(name));

    // The OpenTelemetry rules: characters, then the unit unless it is an annotation, then what the kind of instrument brings.
    private static IEnumerable<string> InPrometheus(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        var name = Illegal().Replace(instrument.Name, "_");
        if (Units.TryGetValue(instrument.Unit ?? "", out var unit) && !name.EndsWith(unit, StringComparison.Ordinal))
            name += $"_{unit}";
        else if (instrument.Unit == "1" && (type == typeof(ObservableGauge<>) || type == typeof(Gauge<>)))
            name += "_ratio";
        return type == typeof(Histogram<>) ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"]
            : type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? [name.EndsWith("_total", StringComparison.Ordinal) ? name : $"{name}_total"]
            : [name];
    }

    private static readonly HashSet<string> Words = new(StringComparer.Ordinal) { "sum", "rate", "histogram_quantile", "max", "min", "count", "absent", "by", "le", "and", "or", "unless", "offset" };

    [GeneratedRegex("[^a-zA-Z0-9_]+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Illegal();

    [GeneratedRegex(@"\bby\s*\([^)]*\)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Label();

    [GeneratedRegex(@"\b[a-zA-Z_][a-zA-Z0-9_]*", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Metric();
}
