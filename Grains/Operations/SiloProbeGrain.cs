using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Models;
using AgentRec.Grains.Abstractions.Operations;
using AgentRec.Grains.Models;
using AgentRec.Grains.Serving;
using Orleans.Placement;

namespace AgentRec.Grains.Operations;

/// <inheritdoc cref="ISiloProbeGrain"/>
// Of all placements the plainest heeds the hint of where to live.
[GrainType("silo-probe"), RandomPlacement]
internal sealed class SiloProbeGrain(ModelReadiness readiness, ModelSwitch models, ServingHost serving, ILocalSiloDetails silo) : Grain, ISiloProbeGrain
{
    public Task<SiloReport?> Describe() => Task.FromResult(IsHere() ? SiloStatusGrain.Report(readiness, serving, silo) : null);

    public Task<SiloModel?> DescribeModel() => Task.FromResult(IsHere() ? models.State(silo.Name) : null);

    private bool IsHere()
    {
        if (string.Equals(GrainKey.Parse(this.GetPrimaryKeyString()).Id, silo.SiloAddress.ToParsableString(), StringComparison.Ordinal))
            return true;
        // Placed by chance: the next call places it anew.
        DeactivateOnIdle();
        return false;
    }
}
