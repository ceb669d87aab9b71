namespace AgentRec.Grains.Planning;

/// <summary>What a turn may spend on tools, by the domain's clock, counted from when its planning begins.</summary>
/// <param name="time">The clock.</param>
/// <param name="whole">The whole budget.</param>
internal sealed class TurnBudget(TimeProvider time, TimeSpan whole)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>What is left; zero or less when it is spent.</summary>
    public TimeSpan Left => whole - time.GetElapsedTime(_started);
}
