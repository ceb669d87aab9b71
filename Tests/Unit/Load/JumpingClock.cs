namespace AgentRec.Tests.Unit.Load;

/// <summary>
/// A clock that nobody waits for: a timer moves it to its end at once. What was to happen at a moment that it passes happens exactly
/// then, before the timer rings.
/// </summary>
internal sealed class JumpingClock : TimeProvider
{
    private readonly SortedList<TimeSpan, Action> _events = [];
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Now => _now;

    public override long GetTimestamp() => _now.Ticks;

    /// <summary>Has something happen.</summary>
    public void At(TimeSpan moment, Action what) => _events.Add(moment, what);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var end = _now + dueTime;
        while (_events.Count > 0 && _events.Keys[0] <= end)
        {
            var (moment, what) = (_events.Keys[0], _events.Values[0]);
            _events.RemoveAt(0);
            _now = moment;
            what();
        }
        _now = end;
        // A timer never rings before its maker has it.
        ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);
        return new Rung();
    }

    private sealed class Rung : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
            // There is nothing left to stop.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
