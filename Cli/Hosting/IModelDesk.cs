using AgentRec.Grains.Abstractions.Models;

namespace AgentRec.Cli.Hosting;

/// <summary>Where a command finds models: a store, or a node that runs.</summary>
internal interface IModelDesk : IAsyncDisposable
{
    /// <summary>Reads all models.</summary>
    Task<ModelsView> ListAsync(CancellationToken cancellationToken);

    /// <summary>Makes a model the active one.</summary>
    /// <returns>What became of it: the model is the active one now.</returns>
    /// <exception cref="CommandFailure">It is not, and the message says why.</exception>
    Task<ModelActivationOutcome> ActivateAsync(string version, bool force, CancellationToken cancellationToken);
}
