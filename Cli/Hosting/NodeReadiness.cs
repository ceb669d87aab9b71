using AgentRec.Gateway.Health;
using AgentRec.Silo;

namespace AgentRec.Cli.Hosting;

/// <summary>The gateway of an all-in-one node is ready when its silo is.</summary>
/// <param name="silo">The silo.</param>
internal sealed class NodeReadiness(SiloReadiness silo) : IReadiness
{
    public ValueTask<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken) => ValueTask.FromResult(silo.Reasons);

    public ValueTask<IReadOnlyList<string>> NotesAsync(CancellationToken cancellationToken) => ValueTask.FromResult(silo.Notes);
}
