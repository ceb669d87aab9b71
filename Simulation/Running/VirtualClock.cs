namespace AgentRec.Simulation;

/// <summary>
/// The domain's clock in a simulation: it stands still until it is moved, so that budgets are never spent and time limits that go by
/// it never fire. It drives memory, caps and certificates, never the runtime.
/// </summary>
/// <param name="now">The moment to begin at.</param>
internal sealed class VirtualClock(DateTimeOffset now) : TimeProvider
{
    private long _now = now.UtcTicks;

    /// <summary>Moves the clock.</summary>
    public void Set(DateTimeOffset moment) => Interlocked.Exchange(ref _now, moment.UtcTicks);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _now), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _now);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Still();

    private sealed class Still : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
