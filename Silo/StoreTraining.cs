using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Models;
using AgentRec.Grains.Models;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Artifacts;
using AgentRec.Recommenders.Screening;
using AgentRec.Recommenders.Training;
using AgentRec.Silo.Models;
using AgentRec.Storage;

namespace AgentRec.Silo;

/// <summary>Trains on what a store holds.</summary>
public static class StoreTraining
{
    /// <summary>Trains, writes the model as an artifact of the store, and makes it the active one unless it is worse than allowed.</summary>
    /// <param name="store">The store.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="options">How to train.</param>
    /// <param name="terms">On what terms it is activated.</param>
    /// <param name="progress">Hears of every step.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <returns>The artifact, how training went and whether it is active; null when the store has no positive interaction to learn from.</returns>
    public static async Task<TrainedModel?> RunAsync(
        Store store, string tenant, TrainingOptions options, ActivationTerms terms, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        // Before the data is read: who is erased meanwhile may be in it.
        var erased = await store.Erasures.LastAsync(tenant, cancellationToken);
        var catalogue = Catalogue.Create(await store.Catalogue.LoadAsync(tenant, cancellationToken));
        var interactions = new List<Interaction>();
        await foreach (var interaction in store.Catalogue.ReadInteractionsAsync(tenant, cancellationToken))
            interactions.Add(interaction);
        var suspects = options.Screen ? await Task.Run(() => InventedUsers.Among(catalogue, interactions), cancellationToken) : ImmutableHashSet<string>.Empty;
        interactions.RemoveAll(interaction => suspects.Contains(interaction.UserId));
        var data = TrainingData.Create(catalogue, interactions, options.Seed);
        if (data.Positives == 0)
            return null;

        var result = await Task.Run(() => ModelTrainer.Train(catalogue, data, options, progress, cancellationToken), cancellationToken);
        var (manifest, outcome) = await PutAsync(store, tenant, result.Model, erased, terms, cancellationToken);
        return new TrainedModel(manifest, result, outcome, suspects);
    }

    /// <summary>Writes a model as an artifact of a store, and makes it the active one unless it is worse than allowed.</summary>
    internal static async Task<(ArtifactManifest Manifest, ModelActivationOutcome Outcome)> PutAsync(
        Store store, string tenant, RecommenderModel model, long erased, ActivationTerms terms, CancellationToken cancellationToken)
    {
        var manifest = await new ModelShelf(store.ArtifactFiles, store.Artifacts).PutAsync(tenant, model, erased, cancellationToken);
        var outcome = await new ModelActivator(store.Artifacts, terms.GreatestLoss)
            .ActivateAsync(tenant, manifest.Version, terms.Force, isNew: true, static _ => Task.FromResult<string?>(null), cancellationToken);
        return (manifest, outcome);
    }
}

/// <summary>A model that was trained.</summary>
/// <param name="Manifest">The artifact's manifest.</param>
/// <param name="Result">How training went.</param>
/// <param name="Activation">Whether it is the active one now, and if not, why.</param>
/// <param name="Suspects">Users who look invented and were not learned from; none where nobody was screened.</param>
public sealed record TrainedModel(ArtifactManifest Manifest, TrainingResult Result, ModelActivationOutcome Activation, IReadOnlySet<string> Suspects);
