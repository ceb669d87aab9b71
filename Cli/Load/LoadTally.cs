using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace AgentRec.Cli.Load;

/// <summary>Counts what becomes of the requests of a load, from any thread.</summary>
internal sealed class LoadTally
{
    private static readonly ImmutableArray<RequestKind> Kinds = [.. Enum.GetValues<RequestKind>()];

    private readonly ImmutableArray<KindTally> _kinds = [.. Kinds.Select(static _ => new KindTally())];
    private readonly LatencyRecord _late = new();

    /// <summary>How long it took until the last request had ended.</summary>
    public TimeSpan Lasted { get; set; }

    /// <summary>A request was due and could not start, because too many others were under way.</summary>
    /// <param name="kind">Its kind.</param>
    public void NotStarted(RequestKind kind) => _kinds[(int)kind].NotStarted();

    /// <summary>A request started.</summary>
    /// <param name="late">How long after it was due: the load generator's own share of the latency.</param>
    public void StartedLate(TimeSpan late) => _late.Add(late);

    /// <summary>A request ended.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="ending">How.</param>
    /// <param name="took">The time from when it was due.</param>
    public void Ended(RequestKind kind, RequestEnding ending, TimeSpan took) => _kinds[(int)kind].Ended(ending, took);

    /// <summary>The figures.</summary>
    /// <param name="schedule">What was asked for.</param>
    public RateFigures Figures(ArrivalSchedule schedule)
    {
        var all = new KindTally();
        foreach (var kind in _kinds)
            all.Add(kind);
        var figures = all.Figures();
        return new RateFigures(
            schedule.Rate, Math.Round(schedule.Duration.TotalSeconds, 3), Math.Round(Lasted.TotalSeconds, 3), Math.Round(figures.Succeeded / Math.Max(Lasted.TotalSeconds, schedule.Duration.TotalSeconds), 2), figures,
            Kinds.Where(kind => _kinds[(int)kind].Offered > 0).ToImmutableSortedDictionary(static kind => kind, kind => _kinds[(int)kind].Figures()), _late.Figures());
    }

    private sealed class KindTally
    {
        private readonly LatencyRecord _latency = new();
        private readonly ConcurrentDictionary<string, long> _errors = new(StringComparer.Ordinal);
        private long _succeeded;
        private long _notStarted;

        public long Offered => _succeeded + _notStarted + _errors.Values.Sum();

        public void NotStarted() => Interlocked.Increment(ref _notStarted);

        public void Ended(RequestEnding ending, TimeSpan took)
        {
            if (ending == RequestEnding.NoIdleSession)
            {
                NotStarted();
                return;
            }
            if (ending.Succeeded)
            {
                Interlocked.Increment(ref _succeeded);
                _latency.Add(took);
                return;
            }
            _errors.AddOrUpdate(ending.Status, 1, static (_, count) => count + 1);
        }

        public void Add(KindTally other)
        {
            _latency.Add(other._latency);
            _succeeded += other._succeeded;
            _notStarted += other._notStarted;
            foreach (var (status, count) in other._errors)
                _errors.AddOrUpdate(status, count, (_, before) => before + count);
        }

        public KindFigures Figures() => new(
            Offered, _succeeded, _errors.Values.Sum(), _notStarted, _errors.ToImmutableSortedDictionary(StringComparer.Ordinal), _latency.Figures());
    }
}
