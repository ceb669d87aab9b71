using System.Collections.Immutable;

namespace AgentRec.Benchmarks.Soak;

/// <summary>What was seen at the end of a minute.</summary>
/// <param name="Minute">Counted from 1.</param>
/// <param name="Turns">Turns taken since the start.</param>
/// <param name="HeapMebibytes">What is alive on the managed heap, after a full collection.</param>
/// <param name="ResidentMebibytes">The process in the RAM of the machine.</param>
/// <param name="UserAgents">User agents awake.</param>
/// <param name="Sessions">Sessions awake.</param>
/// <param name="KibibytesPerUser">What the heap has grown by since no user was awake, by user agent: with sessions, planners, items and caches.</param>
internal sealed record SoakMinute(int Minute, long Turns, double HeapMebibytes, double ResidentMebibytes, int UserAgents, int Sessions, double KibibytesPerUser);

/// <summary>What a soak found.</summary>
/// <param name="Terms">What was run.</param>
/// <param name="Failed">Turns that failed.</param>
/// <param name="Late">Turns that began more than a second behind their time.</param>
/// <param name="Minutes">By minute.</param>
internal sealed record SoakReport(SoakTerms Terms, long Failed, long Late, ImmutableArray<SoakMinute> Minutes)
{
    /// <summary>The part by which memory may grow over the judged minutes and still count as flat.</summary>
    public const double Tolerance = 0.05;

    /// <summary>The minutes that count: in the first third agents wake up and sessions are not yet put to sleep.</summary>
    public ImmutableArray<SoakMinute> Judged => [.. Minutes.Skip(Minutes.Length / 3)];

    /// <summary>Bytes that stay on the heap for every turn, by the straight line through the judged minutes.</summary>
    public double HeapBytesPerTurn => Judged is [var first, .., var last] && last.Turns > first.Turns
        ? Math.Round(Slope(static minute => minute.HeapMebibytes) * (last.Minute - first.Minute) * 1_048_576 / (last.Turns - first.Turns), 1)
        : 0;

    /// <summary>The part by which the heap grew over the judged minutes, by the straight line through them.</summary>
    public double HeapGrowth => Growth(static minute => minute.HeapMebibytes);

    /// <summary>The part by which the process grew over the judged minutes, by the straight line through them.</summary>
    public double ResidentGrowth => Growth(static minute => minute.ResidentMebibytes);

    /// <summary>True where neither the heap nor the process has grown beyond the tolerance, and no turn failed.</summary>
    public bool IsFlat => HeapGrowth <= Tolerance && ResidentGrowth <= Tolerance && Failed == 0;

    private double Growth(Func<SoakMinute, double> figure) => Judged is [var first, .., var last]
        ? Math.Round(Slope(figure) * (last.Minute - first.Minute) / Judged.Average(figure), 4)
        : 0;

    /// <summary>The slope of the least-squares line, by minute.</summary>
    private double Slope(Func<SoakMinute, double> figure)
    {
        var (x, y) = (Judged.Average(static minute => minute.Minute), Judged.Average(figure));
        var square = Judged.Sum(minute => (minute.Minute - x) * (minute.Minute - x));
        return square == 0 ? 0 : Judged.Sum(minute => (minute.Minute - x) * (figure(minute) - y)) / square;
    }
}
