using AgentRec.Grains.Abstractions.Models;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Models;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Artifacts;
using AgentRec.Storage;

namespace AgentRec.Silo.Models;

/// <summary>The models of a tenant in a store, as a command sees them, with the same checks as in a running silo.</summary>
/// <param name="store">The store.</param>
/// <param name="tenant">The tenant.</param>
/// <param name="terms">On what terms models are activated.</param>
public sealed class StoreModels(Store store, string tenant, ActivationTerms terms)
{
    /// <summary>Reads all models.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    public Task<ModelsView> ListAsync(CancellationToken cancellationToken) =>
        ModelViews.ReadAsync(store.Artifacts, tenant, terms.GreatestLoss, [], cancellationToken);

    /// <summary>Makes a model the active one, after it was loaded and tried.</summary>
    /// <param name="version">The model.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ModelActivationOutcome> ActivateAsync(string version, CancellationToken cancellationToken)
    {
        return await new ModelActivator(store.Artifacts, terms.GreatestLoss).ActivateAsync(tenant, version, terms.Force, isNew: false, FaultAsync, cancellationToken);

        async Task<string?> FaultAsync(ModelArtifactEntry entry)
        {
            var catalogue = Catalogue.Create(await store.Catalogue.LoadAsync(tenant, cancellationToken));
            try
            {
                var path = await store.ArtifactFiles.FetchAsync(entry.Folder, cancellationToken);
                await Task.Run(() => ModelTrial.Load(path, entry, catalogue), cancellationToken);
                return null;
            }
            catch (ArtifactException exception)
            {
                return exception.Message;
            }
        }
    }
}
