using AgentRec.Grains.Tenants;

namespace AgentRec.Silo;

/// <summary>Whether the silo can serve turns.</summary>
public sealed class SiloReadiness
{
    private readonly SiloStartup _startup;
    private readonly TenantReadiness _tenants;

    /// <summary>Watches a silo.</summary>
    /// <param name="startup">What must have been loaded.</param>
    /// <param name="tenants">What must be served.</param>
    internal SiloReadiness(SiloStartup startup, TenantReadiness tenants) => (_startup, _tenants) = (startup, tenants);

    /// <summary>Why the silo is not ready; nothing when it is.</summary>
    public IReadOnlyList<string> Reasons => _startup.IsComplete ? _tenants.Missing : ["The silo is starting."];

    /// <summary>What an operator should know of a silo that is ready; nothing when all is well.</summary>
    public IReadOnlyList<string> Notes => _tenants.Notes;
}
