using AgentRec.Domain;
using AgentRec.Grains.Models;
using AgentRec.Import.Sample;
using AgentRec.Recommenders;
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
        return (await new ModelShelf(store.ArtifactFiles, store.Artifacts).PutAsync(Identifier.DefaultTenant, model, 0, default)).Version;
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
