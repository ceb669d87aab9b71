namespace AgentRec.Benchmarks.Turns;

/// <summary>Durations in milliseconds, by exact nearest-rank percentiles.</summary>
/// <param name="Count">How many.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="P50">Half took at most this long.</param>
/// <param name="P95">95 percent took at most this long.</param>
/// <param name="P99">99 percent took at most this long.</param>
/// <param name="Greatest">The longest.</param>
internal sealed record Distribution(int Count, double Mean, double P50, double P95, double P99, double Greatest)
{
    /// <summary>Describes durations.</summary>
    /// <param name="milliseconds">The durations, in any order; at least one.</param>
    public static Distribution Of(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        if (sorted.Length == 0)
            throw new BenchmarkFailure("Nothing was answered within the time: allow more --seconds.");
        return new Distribution(sorted.Length, Rounded(sorted.Average()), At(0.5), At(0.95), At(0.99), Rounded(sorted[^1]));

        double At(double part) => Rounded(sorted[Math.Max(0, (int)Math.Ceiling(part * sorted.Length) - 1)]);
    }

    private static double Rounded(double milliseconds) => Math.Round(milliseconds, 3);
}
