namespace AgentRec.Grains.Abstractions.Storage;

/// <summary>Which trained models exist and which one is served.</summary>
public interface IArtifactRegistry
{
    /// <summary>Registers a trained model and makes it the active one, in one transaction.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="artifact">The model.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask ActivateAsync(string tenant, ModelArtifactEntry artifact, CancellationToken cancellationToken);

    /// <summary>Reads the active model.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The entry, or null when nothing was trained yet.</returns>
    ValueTask<ModelArtifactEntry?> ActiveAsync(string tenant, CancellationToken cancellationToken);
}

/// <summary>A trained model on disk.</summary>
/// <param name="Version">The version: a digest of its content.</param>
/// <param name="Folder">The folder's name within the store's artifacts.</param>
/// <param name="Manifest">The manifest as JSON.</param>
public sealed record ModelArtifactEntry(string Version, string Folder, string Manifest);
