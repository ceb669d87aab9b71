using AgentRec.Domain;
using AgentRec.Gateway.Calls;
using AgentRec.Gateway.Health;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Operations;

namespace AgentRec.Gateway.Clustering;

/// <summary>A gateway of its own is ready when a silo answers and can serve turns.</summary>
/// <param name="grains">The cluster.</param>
/// <param name="stopping">Knows when the gateway is on its way out.</param>
internal sealed class ClusterReadiness(IGrainFactory grains, Draining stopping) : IReadiness
{
    public async ValueTask<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken)
    {
        if (stopping.HasBegun)
            return ["The gateway is stopping."];
        try
        {
            return (await AskAsync(cancellationToken)).Missing;
        }
        catch (Exception exception) when (Repetition.IsUnanswered(exception))
        {
            return ["No silo answers."];
        }
    }

    public async ValueTask<IReadOnlyList<string>> NotesAsync(CancellationToken cancellationToken) => (await AskAsync(cancellationToken)).Notes;

    private Task<SiloReport> AskAsync(CancellationToken cancellationToken) =>
        grains.GetGrain<ISiloStatusGrain>(GrainKey.Tenant(Identifier.DefaultTenant)).Describe().WaitAsync(cancellationToken);
}
