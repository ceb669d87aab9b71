namespace AgentRec.Cli.Load;

/// <summary>When the requests of an open loop are to start: at a constant rate, whatever became of those before.</summary>
/// <param name="Rate">Requests a second.</param>
/// <param name="Duration">For how long.</param>
internal readonly record struct ArrivalSchedule(double Rate, TimeSpan Duration)
{
    /// <summary>How many requests there are.</summary>
    public long Count => (long)Math.Floor(Rate * Duration.TotalSeconds + 1e-9);

    /// <summary>When a request is to start.</summary>
    /// <param name="request">Its number, from 0.</param>
    /// <returns>The time since the beginning.</returns>
    public TimeSpan At(long request) => TimeSpan.FromSeconds(request / Rate);
}
