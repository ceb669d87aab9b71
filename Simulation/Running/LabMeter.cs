using System.Diagnostics;

namespace AgentRec.Simulation;

/// <summary>Measures how far and how fast a run is, for people.</summary>
internal sealed class LabMeter
{
    private readonly Scenario _scenario;
    private readonly IProgress<LabProgress>? _progress;
    private readonly TimeSpan _every;
    private readonly Lock _reporting = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly double _before;
    private long _turns;
    private long _reported;
    private (int Seed, int Arm, int Period, int Visitors, int Gone) _now;

    public LabMeter(Scenario scenario, Bench bench, LabOptions options, IProgress<LabProgress>? progress)
    {
        (_scenario, _progress, _every) = (scenario, progress, options.ReportEvery);
        _before = Done(bench.State.Seed, bench.State.Arm, bench.State.Period + 1);
    }

    /// <summary>Turns so far, since the run was started or resumed.</summary>
    public long Turns => Interlocked.Read(ref _turns);

    /// <summary>A turn was taken.</summary>
    public void Turn() => Interlocked.Increment(ref _turns);

    /// <summary>A period begins.</summary>
    public void Begin(int seed, int arm, int period)
    {
        lock (_reporting)
        {
            _now = (seed, arm, period, 0, 0);
            Report();
        }
    }

    /// <summary>So many come by in the period.</summary>
    public void Expect(int visitors)
    {
        lock (_reporting)
            _now.Visitors = visitors;
    }

    /// <summary>One of them has gone; from time to time that is reported.</summary>
    public void Gone()
    {
        lock (_reporting)
        {
            _now.Gone++;
            if (Stopwatch.GetElapsedTime(_reported) >= _every)
                Report();
        }
    }

    private void Report()
    {
        if (_progress is null)
            return;
        _reported = Stopwatch.GetTimestamp();
        var (seed, arm, period, visitors, gone) = _now;
        var done = Done(seed, arm, period) + (visitors == 0 ? 0 : (double)gone / visitors / Periods);
        var elapsed = Stopwatch.GetElapsedTime(_started);
        var visits = gone == 0 ? "" : $", {gone} of {visitors} visits";
        _progress.Report(new LabProgress(
            done, $"seed {seed + 1} of {_scenario.Seeds}, arm {_scenario.Arms[arm].Name}, period {period} of {_scenario.Periods}{visits}",
            Turns / Math.Max(1e-9, elapsed.TotalSeconds), done > _before ? elapsed * ((1 - done) / (done - _before)) : null));
    }

    private double Periods => (double)_scenario.Seeds * _scenario.Arms.Length * _scenario.Periods;

    private double Done(int seed, int arm, int period) => (((((double)seed * _scenario.Arms.Length) + arm) * _scenario.Periods) + period - 1) / Periods;
}
