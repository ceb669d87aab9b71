using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Artifacts;
using AgentRec.Recommenders.Training;
using AgentRec.Storage;

namespace AgentRec.Silo;

/// <summary>Trains on what a store holds.</summary>
public static class StoreTraining
{
    /// <summary>Trains, writes the model as an artifact of the store and makes it the active one.</summary>
    /// <param name="store">The store; no silo may be serving from it.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="options">How to train.</param>
    /// <param name="progress">Hears of every step.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <returns>The manifest of the artifact and how training went; null when the store has no positive interaction to learn from.</returns>
    public static async Task<TrainedModel?> RunAsync(
        EmbeddedStore store, string tenant, TrainingOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var catalogue = Catalogue.Create(await store.Catalogue.LoadAsync(tenant, cancellationToken));
        var interactions = new List<Interaction>();
        await foreach (var interaction in store.Catalogue.ReadInteractionsAsync(tenant, cancellationToken))
            interactions.Add(interaction);
        var data = TrainingData.Create(catalogue, interactions, options.Seed);
        if (data.Positives == 0)
            return null;

        var result = await Task.Run(() => ModelTrainer.Train(catalogue, data, options, progress, cancellationToken), cancellationToken);
        var manifest = await Task.Run(() => ModelArtifact.Save(result.Model, store.ArtifactsDirectory), cancellationToken);
        var json = await File.ReadAllTextAsync(Path.Combine(store.ArtifactsDirectory, manifest.Version, ModelArtifact.ManifestName), cancellationToken);
        await store.Artifacts.ActivateAsync(tenant, new ModelArtifactEntry(manifest.Version, manifest.Version, json), cancellationToken);
        return new TrainedModel(manifest, result);
    }
}

/// <summary>A model that was trained and activated.</summary>
/// <param name="Manifest">The artifact's manifest.</param>
/// <param name="Result">How training went.</param>
public sealed record TrainedModel(ArtifactManifest Manifest, TrainingResult Result);
