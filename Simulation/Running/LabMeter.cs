using System.Diagnostics;

namespace AgentRec.Simulation;

/// <summary>Measures how fast a run is, for people.</summary>
internal sealed class LabMeter
{
    private readonly Scenario _scenario;
    private readonly IProgress<LabProgress>? _progress;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly double _before;
    private long _turns;

    public LabMeter(Scenario scenario, Bench bench, IProgress<LabProgress>? progress)
    {
        (_scenario, _progress) = (scenario, progress);
        _before = Done(bench.State.Seed, bench.State.Arm, bench.State.Period + 1);
    }

    /// <summary>Turns so far, since the run was started or resumed.</summary>
    public long Turns => Interlocked.Read(ref _turns);

    public void Turn() => Interlocked.Increment(ref _turns);

    public void Begin(string arm, int seed, int period)
    {
        if (_progress is null)
            return;
        var done = Done(seed, _scenario.Arms.Index().First(one => string.Equals(one.Item.Name, arm, StringComparison.Ordinal)).Index, period);
        var elapsed = Stopwatch.GetElapsedTime(_started);
        _progress.Report(new LabProgress(
            done, $"seed {seed + 1} of {_scenario.Seeds}, arm {arm}, period {period} of {_scenario.Periods}",
            Turns / Math.Max(1e-9, elapsed.TotalSeconds), done > _before ? elapsed * ((1 - done) / (done - _before)) : null));
    }

    private double Done(int seed, int arm, int period) =>
        (((((double)seed * _scenario.Arms.Length) + arm) * _scenario.Periods) + period - 1) / ((double)_scenario.Seeds * _scenario.Arms.Length * _scenario.Periods);
}
