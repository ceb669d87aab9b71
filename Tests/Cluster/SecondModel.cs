using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Import.Sample;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Artifacts;
using AgentRec.Recommenders.Training;
using AgentRec.Storage;

namespace AgentRec.Tests.Cluster;

/// <summary>Another model for the sample store: of two scorers and half of the ratings, so that its strata are others too.</summary>
internal static class SecondModel
{
    private static readonly Lock Training = new();
    private static RecommenderModel? _trained;

    /// <summary>Adds it to a store, whether a silo serves from it or not; it is not activated.</summary>
    /// <returns>Its version.</returns>
    public static async Task<string> AddAsync(EmbeddedStore store)
    {
        var model = Train(await store.Catalogue.LoadAsync(Identifier.DefaultTenant, default));
        var version = ModelArtifact.Save(model, store.ArtifactFiles.Directory).Version;
        var manifest = await File.ReadAllTextAsync(Path.Combine(store.ArtifactFiles.Directory, version, ModelArtifact.ManifestName));
        await store.Artifacts.AddAsync(Identifier.DefaultTenant, new ModelArtifactEntry(version, version, manifest), default);
        return version;
    }

    private static RecommenderModel Train(IReadOnlyList<Item> items)
    {
        lock (Training)
        {
            var catalogue = Catalogue.Create(items);
            var ratings = SampleWorld.Ratings(SampleWorld.DefaultSeed);
            return _trained ??= ModelTrainer.Train(
                catalogue,
                TrainingData.Create(catalogue, ratings.Take(ratings.Count / 2), seed: 0),
                new TrainingOptions { Scorers = ["content", "popularity"], Ranking = false }).Model;
        }
    }
}
