using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Models;
using AgentRec.Grains.Abstractions.Operations;
using AgentRec.Grains.Tenants;
using Orleans.Placement;

namespace AgentRec.Grains.Operations;

/// <inheritdoc cref="ISiloProbeGrain"/>
// Of all placements the plainest heeds the hint of where to live.
[GrainType("silo-probe"), RandomPlacement]
internal sealed class SiloProbeGrain(TenantServing tenant, ServedTenants tenants, TenantReadiness readiness, ILocalSiloDetails silo) : Grain, ISiloProbeGrain
{
    public Task<SiloReport?> Describe() => Task.FromResult(IsHere() ? SiloStatusGrain.Report(tenant, tenants, readiness, silo) : null);

    public Task<SiloModel?> DescribeModel() => Task.FromResult(IsHere() ? tenant.Models.State(silo.Name) : null);

    private bool IsHere()
    {
        if (string.Equals(GrainKey.Parse(this.GetPrimaryKeyString()).Id, silo.SiloAddress.ToParsableString(), StringComparison.Ordinal))
            return true;
        // Placed by chance: the next call places it anew.
        DeactivateOnIdle();
        return false;
    }
}
