namespace AgentRec.Grains.Tenants;

/// <summary>Whether a silo that has started has what turns need. One tenant's trouble is a note while others are served.</summary>
/// <param name="tenants">What the silo holds.</param>
internal sealed class TenantReadiness(ServedTenants tenants)
{
    /// <summary>Why turns cannot be served; nothing when those of some tenant can.</summary>
    public IReadOnlyList<string> Missing => AnyServed ? [] : Faults is [_, ..] faults ? faults : ["No model is trained: run 'agentrec train'."];

    /// <summary>What an operator should know although they can; nothing when all is well.</summary>
    public IReadOnlyList<string> Notes => AnyServed ? Faults : [];

    private bool AnyServed => tenants.All.Any(tenant => tenant.Serving.Current.IsReady);

    private string[] Faults => [.. tenants.All.Select(Fault).OfType<string>()];

    private static string? Fault(TenantServing tenant) =>
        tenant.Fault is { } fault ? $"Tenant '{tenant.Name}' is not served. {fault.Reason}"
        : tenant.Models.Failure is not { } failure ? null
        : tenant.Serving.Current is { IsReady: true } current ? $"Tenant '{tenant.Name}' is served with model {current.Version}, not the active one. {failure.Reason}"
        : $"Tenant '{tenant.Name}' is not served. {failure.Reason}";
}
