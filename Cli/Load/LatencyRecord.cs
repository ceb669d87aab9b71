using HdrHistogram;

namespace AgentRec.Cli.Load;

/// <summary>Durations as they come, from any thread: from a microsecond to an hour, by three significant digits.</summary>
internal sealed class LatencyRecord
{
    private const long Longest = 3_600_000_000;
    private const int Digits = 3;
    private const double Milliseconds = 1_000;

    private readonly LongConcurrentHistogram _microseconds = new(1, Longest, Digits);

    /// <summary>Adds a duration.</summary>
    /// <param name="took">The duration.</param>
    public void Add(TimeSpan took) => _microseconds.RecordValue(Math.Clamp((long)took.TotalMicroseconds, 1, Longest));

    /// <summary>Adds all durations of another record.</summary>
    /// <param name="other">The other one.</param>
    public void Add(LatencyRecord other) => _microseconds.Add(other._microseconds);

    /// <summary>Describes the durations.</summary>
    /// <returns>Null where there are none.</returns>
    public LatencyFigures? Figures() => _microseconds.TotalCount == 0 ? null : new LatencyFigures(
        Rounded(_microseconds.GetMean()), At(50), At(90), At(95), At(99), At(99.9), At(99.99), Rounded(_microseconds.GetMaxValue()));

    private double At(double percentile) => Rounded(_microseconds.GetValueAtPercentile(percentile));

    private static double Rounded(double microseconds) => Math.Round(microseconds / Milliseconds, 3);
}

/// <summary>Durations in milliseconds.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="P50">Half took at most this long.</param>
/// <param name="P90">90 percent took at most this long.</param>
/// <param name="P95">95 percent took at most this long.</param>
/// <param name="P99">99 percent took at most this long.</param>
/// <param name="P999">99.9 percent took at most this long.</param>
/// <param name="P9999">99.99 percent took at most this long.</param>
/// <param name="Greatest">The longest.</param>
internal sealed record LatencyFigures(double Mean, double P50, double P90, double P95, double P99, double P999, double P9999, double Greatest);
