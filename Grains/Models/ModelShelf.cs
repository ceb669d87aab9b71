using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Artifacts;

namespace AgentRec.Grains.Models;

/// <summary>Puts models where every silo finds them.</summary>
/// <param name="files">Keeps their files.</param>
/// <param name="registry">Knows which there are.</param>
internal sealed class ModelShelf(IArtifactFiles files, IArtifactRegistry registry)
{
    /// <summary>Writes a model, brings it to where others fetch it, and registers it. It is not active yet.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="model">The model.</param>
    /// <param name="erasures">The last erasure that its data is without.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The artifact's manifest.</returns>
    public async Task<ArtifactManifest> PutAsync(string tenant, RecommenderModel model, long erasures, CancellationToken cancellationToken)
    {
        var manifest = await Task.Run(() => ModelArtifact.Save(model, files.Directory), cancellationToken);
        var json = await File.ReadAllTextAsync(Path.Combine(files.Directory, manifest.Version, ModelArtifact.ManifestName), cancellationToken);
        await files.PublishAsync(manifest.Version, cancellationToken);
        await registry.AddAsync(tenant, new ModelArtifactEntry(manifest.Version, manifest.Version, json) { Erasures = erasures }, cancellationToken);
        return manifest;
    }
}
