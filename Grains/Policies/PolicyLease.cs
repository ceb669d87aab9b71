namespace AgentRec.Grains.Policies;

/// <summary>How long a silo believes which version of a rule set is the newest.</summary>
/// <param name="Time">The time; null where no other silo can put one.</param>
public sealed record PolicyLease(TimeSpan? Time)
{
    // A machine's timer may fire a little early.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(20);

    /// <summary>The lease of the only silo on a store: it puts every version itself.</summary>
    public static PolicyLease Alone { get; } = new((TimeSpan?)null);

    /// <summary>After what time a new version is in use everywhere; null: at once.</summary>
    public TimeSpan? Wait => Time + Margin;

    /// <summary>True while what was read is to be believed.</summary>
    /// <param name="since">The time since the store was asked.</param>
    public bool Holds(TimeSpan since) => Time is not { } time || since < time;
}
