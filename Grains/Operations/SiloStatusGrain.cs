using System.Reflection;
using AgentRec.Grains.Abstractions.Operations;
using AgentRec.Grains.Models;
using AgentRec.Grains.Serving;
using Orleans.Concurrency;

namespace AgentRec.Grains.Operations;

/// <inheritdoc cref="ISiloStatusGrain"/>
[GrainType("silo-status"), StatelessWorker]
internal sealed class SiloStatusGrain(ModelReadiness readiness, ServingHost serving, ILocalSiloDetails silo) : Grain, ISiloStatusGrain
{
    private static readonly string Build = typeof(SiloStatusGrain).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public Task<SiloReport> Describe() => Task.FromResult(Report(readiness, serving, silo));

    /// <summary>What a silo says of itself.</summary>
    /// <param name="readiness">Whether it can serve turns.</param>
    /// <param name="serving">What it serves.</param>
    /// <param name="silo">Which it is.</param>
    public static SiloReport Report(ModelReadiness readiness, ServingHost serving, ILocalSiloDetails silo) => new(
        silo.Name, serving.Current is { IsReady: true } current ? current.Version : null, [.. readiness.Missing], [.. readiness.Notes], Build);
}
