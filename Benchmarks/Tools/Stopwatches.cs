using System.Diagnostics;

namespace AgentRec.Benchmarks.Tools;

/// <summary>Measures by the clock, many times, and takes the middle.</summary>
internal static class Stopwatches
{
    /// <summary>How long something takes.</summary>
    /// <param name="work">What.</param>
    public static double Seconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The median.</summary>
    /// <param name="values">At least one number.</param>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
