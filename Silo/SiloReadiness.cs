using AgentRec.Grains.Serving;

namespace AgentRec.Silo;

/// <summary>Whether the silo can serve turns.</summary>
/// <param name="startup">What must have been loaded.</param>
/// <param name="serving">What is served.</param>
public sealed class SiloReadiness(SiloStartup startup, ServingHost serving)
{
    /// <summary>Why the silo is not ready; nothing when it is.</summary>
    public IReadOnlyList<string> Reasons =>
        !startup.IsComplete ? ["The silo is starting."]
        : !serving.Current.IsReady ? ["No model is trained: run 'agentrec train'."]
        : [];
}
