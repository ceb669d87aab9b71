using AgentRec.Domain;

namespace AgentRec.Grains.Tenants;

/// <summary>Whether a silo that has started has what turns need. One tenant's trouble is a note while others are served.</summary>
/// <param name="tenants">What the silo holds.</param>
internal sealed class TenantReadiness(ServedTenants tenants)
{
    /// <summary>Why turns cannot be served; nothing when some tenant's can.</summary>
    /// <param name="viewer">Who asks: a tenant sees itself alone, the operator's sees all.</param>
    public IReadOnlyList<string> Missing(string viewer)
    {
        var seen = Seen(viewer);
        if (seen.Any(tenant => tenant.Serving.Current.IsReady))
            return [];
        string[] faults = [.. seen.Select(Fault).OfType<string>()];
        return faults is [] ? ["No model is trained: run 'agentrec train'."] : faults;
    }

    /// <summary>What an operator should know although they can; nothing when all is well.</summary>
    /// <param name="viewer">Who asks.</param>
    public IReadOnlyList<string> Notes(string viewer)
    {
        var seen = Seen(viewer);
        return seen.Any(tenant => tenant.Serving.Current.IsReady) ? [.. seen.Select(Fault).OfType<string>()] : [];
    }

    private IReadOnlyList<TenantServing> Seen(string viewer) =>
        string.Equals(viewer, Identifier.DefaultTenant, StringComparison.Ordinal) ? tenants.All : [tenants.Of(viewer)];

    private static string? Fault(TenantServing tenant) =>
        tenant.Fault is { } fault ? $"Tenant '{tenant.Name}' is not served. {fault.Reason}"
        : tenant.Models.Failure is not { } failure ? null
        : tenant.Serving.Current is { IsReady: true } current ? $"Tenant '{tenant.Name}' is served with model {current.Version}, not the active one. {failure.Reason}"
        : $"Tenant '{tenant.Name}' is not served. {failure.Reason}";
}
