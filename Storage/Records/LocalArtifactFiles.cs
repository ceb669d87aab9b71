using AgentRec.Grains.Abstractions.Storage;

namespace AgentRec.Storage.Records;

/// <summary>The files of models in the embedded store: they are where they are used.</summary>
/// <param name="directory">The folder that holds one folder for each model; it exists.</param>
internal sealed class LocalArtifactFiles(string directory) : IArtifactFiles
{
    /// <inheritdoc/>
    public string Directory => directory;

    /// <inheritdoc/>
    public ValueTask PublishAsync(string folder, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask<string> FetchAsync(string folder, CancellationToken cancellationToken) => ValueTask.FromResult(Path.Combine(directory, folder));
}
