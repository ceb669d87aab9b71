using System.Collections.Immutable;
using System.Diagnostics;

namespace AgentRec.Grains.Planning;

/// <summary>Measures the stages of a turn, in milliseconds of real time. The figures are for people; nothing depends on them.</summary>
internal sealed class StageClock
{
    private readonly ImmutableSortedDictionary<string, double>.Builder _stages = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _last = Stopwatch.GetTimestamp();

    /// <summary>Ends a stage that began when the one before it ended; a stage that comes again adds up.</summary>
    /// <param name="stage">The stage's name.</param>
    public void End(string stage)
    {
        var now = Stopwatch.GetTimestamp();
        _stages[stage] = _stages.GetValueOrDefault(stage) + Math.Round(Stopwatch.GetElapsedTime(_last, now).TotalMilliseconds, 3);
        _last = now;
    }

    /// <summary>All stages, and the total.</summary>
    public ImmutableSortedDictionary<string, double> Read()
    {
        _stages["total"] = Math.Round(Stopwatch.GetElapsedTime(_started).TotalMilliseconds, 3);
        return _stages.ToImmutable();
    }
}
