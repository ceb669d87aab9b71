using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Artifacts;

namespace AgentRec.Grains.Models;

/// <summary>Loads models, one at a time for all tenants of a silo: each takes as much memory as what is served.</summary>
/// <param name="files">Brings models to this machine.</param>
internal sealed class ModelLoader(IArtifactFiles files) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Loads and tries a model.</summary>
    /// <param name="entry">The model.</param>
    /// <param name="catalogue">Asked what it is to be served over when it is its turn.</param>
    /// <exception cref="ArtifactException">It cannot be used.</exception>
    public async Task<LoadedModel> LoadAsync(ModelArtifactEntry entry, Func<Catalogue> catalogue)
    {
        await _one.WaitAsync();
        try
        {
            var path = await files.FetchAsync(entry.Folder, CancellationToken.None);
            return new LoadedModel(entry.Version, await Task.Run(() => ModelTrial.Load(path, entry, catalogue())));
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
