using AgentRec.Grains.Abstractions.Operations;
using AgentRec.Grains.Models;
using AgentRec.Grains.Serving;
using Orleans.Concurrency;

namespace AgentRec.Grains.Operations;

/// <inheritdoc cref="ISiloStatusGrain"/>
[GrainType("silo-status"), StatelessWorker]
internal sealed class SiloStatusGrain(ModelReadiness readiness, ServingHost serving, ILocalSiloDetails silo) : Grain, ISiloStatusGrain
{
    public Task<SiloReport> Describe() => Task.FromResult(new SiloReport(
        silo.Name, serving.Current is { IsReady: true } current ? current.Version : null, [.. readiness.Missing], [.. readiness.Notes]));
}
