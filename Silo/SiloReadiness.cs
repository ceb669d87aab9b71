using AgentRec.Grains.Models;

namespace AgentRec.Silo;

/// <summary>Whether the silo can serve turns.</summary>
public sealed class SiloReadiness
{
    private readonly SiloStartup _startup;
    private readonly ModelReadiness _models;

    /// <summary>Watches a silo.</summary>
    /// <param name="startup">What must have been loaded.</param>
    /// <param name="models">What must be served.</param>
    internal SiloReadiness(SiloStartup startup, ModelReadiness models) => (_startup, _models) = (startup, models);

    /// <summary>Why the silo is not ready; nothing when it is.</summary>
    public IReadOnlyList<string> Reasons => _startup.IsComplete ? _models.Missing : ["The silo is starting."];

    /// <summary>What an operator should know of a silo that is ready; nothing when all is well.</summary>
    public IReadOnlyList<string> Notes => _models.Notes;
}
