using System.Diagnostics;

namespace AgentRec.Benchmarks.Turns;

/// <summary>Drives calls in closed loops: every loop makes its next call when its last one is answered.</summary>
internal static class ClosedLoop
{
    /// <summary>Runs loops side by side, first unmeasured, then measured.</summary>
    /// <param name="loops">How many.</param>
    /// <param name="warmUp">How long nothing is measured; calls that began meanwhile are not counted.</param>
    /// <param name="duration">How long is measured; calls that end later are not counted.</param>
    /// <param name="call">Makes one call; told the loop's number and whether the call is measured, and answers how long it took.</param>
    /// <param name="cancellationToken">Stops all loops.</param>
    public static async Task<Throughput> RunAsync(
        int loops, TimeSpan warmUp, TimeSpan duration, Func<int, bool, Task<TimeSpan>> call, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var taken = await Task.WhenAll(Enumerable.Range(0, loops).Select(loop => Task.Run(() => LoopAsync(loop), cancellationToken)));
        var latency = Distribution.Of(taken.SelectMany(one => one));
        return new Throughput(Math.Round(latency.Count / duration.TotalSeconds, 1), latency);

        async Task<List<double>> LoopAsync(int loop)
        {
            var latencies = new List<double>();
            while (clock.Elapsed < warmUp + duration)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var measured = clock.Elapsed >= warmUp;
                var took = await call(loop, measured);
                if (measured && clock.Elapsed < warmUp + duration)
                    latencies.Add(took.TotalMilliseconds);
            }
            return latencies;
        }
    }
}

/// <summary>What closed loops got done.</summary>
/// <param name="PerSecond">Calls answered per second.</param>
/// <param name="Latency">How long they took, in milliseconds.</param>
internal sealed record Throughput(double PerSecond, Distribution Latency);
