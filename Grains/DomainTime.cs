namespace AgentRec.Grains;

/// <summary>
/// The key under which the domain's own clock is registered. Memory, caps and certificates go by it; a simulation replaces it
/// without touching the clock that drives the runtime.
/// </summary>
public static class DomainTime
{
    /// <summary>The service key of the domain's <see cref="TimeProvider"/>.</summary>
    public const string Key = "domain";
}
