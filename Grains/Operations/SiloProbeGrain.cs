using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Operations;
using AgentRec.Grains.Models;
using AgentRec.Grains.Serving;
using Orleans.Placement;

namespace AgentRec.Grains.Operations;

/// <inheritdoc cref="ISiloProbeGrain"/>
// Of all placements the plainest heeds the hint of where to live.
[GrainType("silo-probe"), RandomPlacement]
internal sealed class SiloProbeGrain(ModelReadiness readiness, ServingHost serving, ILocalSiloDetails silo) : Grain, ISiloProbeGrain
{
    public Task<SiloReport?> Describe()
    {
        if (!string.Equals(GrainKey.Parse(this.GetPrimaryKeyString()).Id, silo.SiloAddress.ToParsableString(), StringComparison.Ordinal))
        {
            // Placed by chance: the next call places it anew.
            DeactivateOnIdle();
            return Task.FromResult<SiloReport?>(null);
        }
        return Task.FromResult<SiloReport?>(SiloStatusGrain.Report(readiness, serving, silo));
    }
}
