using System.Reflection;
using AgentRec.Grains.Abstractions.Operations;
using AgentRec.Grains.Tenants;
using Orleans.Concurrency;

namespace AgentRec.Grains.Operations;

/// <inheritdoc cref="ISiloStatusGrain"/>
[GrainType("silo-status"), StatelessWorker]
internal sealed class SiloStatusGrain(TenantServing tenant, ServedTenants tenants, TenantReadiness readiness, ILocalSiloDetails silo) : Grain, ISiloStatusGrain
{
    private static readonly string Build = typeof(SiloStatusGrain).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public Task<SiloReport> Describe() => Task.FromResult(Report(tenant, tenants, readiness, silo));

    /// <summary>What a silo says of itself.</summary>
    /// <param name="tenant">Who asks.</param>
    /// <param name="tenants">What it serves.</param>
    /// <param name="readiness">Whether it can serve turns.</param>
    /// <param name="silo">Which it is.</param>
    public static SiloReport Report(TenantServing tenant, ServedTenants tenants, TenantReadiness readiness, ILocalSiloDetails silo) => new(
        silo.Name, Version(tenant), [.. readiness.Missing], [.. readiness.Notes], Build,
        [.. tenants.All.Select(static one => new TenantReport(one.Name, Version(one), one.Serving.Current.Catalogue.Count))]);

    private static string? Version(TenantServing tenant) => tenant.Serving.Current is { IsReady: true } current ? current.Version : null;
}
