namespace AgentRec.Gateway.Health;

/// <summary>
/// Says whether a part of the node can serve. The host registers as many as it has parts to wait for; without any the node
/// counts as ready as soon as it listens.
/// </summary>
public interface IReadiness
{
    /// <summary>Says why requests cannot be served yet.</summary>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns>What is missing, a sentence each; empty when nothing is. No secrets: anybody may read it.</returns>
    ValueTask<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken);

    /// <summary>Says what an operator should know although requests can be served.</summary>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns>A sentence each; empty when all is well. No secrets: anybody may read it.</returns>
    ValueTask<IReadOnlyList<string>> NotesAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<string>>([]);
}
