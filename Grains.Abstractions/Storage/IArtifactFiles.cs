namespace AgentRec.Grains.Abstractions.Storage;

/// <summary>The files of trained models. A model's folder is named after its version, written once and never changed.</summary>
public interface IArtifactFiles
{
    /// <summary>The folder on this machine in which models are written, one folder each; it exists.</summary>
    string Directory { get; }

    /// <summary>Makes a model that was written below <see cref="Directory"/> available to every silo of the store.</summary>
    /// <param name="folder">The name of the model's folder.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask PublishAsync(string folder, CancellationToken cancellationToken);

    /// <summary>Brings a model's files to this machine, unless they are here already. Files that are damaged are brought again.</summary>
    /// <param name="folder">The name of the model's folder.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The model's folder on this machine; it is missing or not whole where the store has no such model.</returns>
    ValueTask<string> FetchAsync(string folder, CancellationToken cancellationToken);
}
