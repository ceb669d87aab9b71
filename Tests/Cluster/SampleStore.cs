using AgentRec.Domain;
using AgentRec.Grains.Models;
using AgentRec.Import.Sample;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Training;
using AgentRec.Silo;
using AgentRec.Silo.Models;
using AgentRec.Storage;
using AgentRec.Storage.Bulk;

namespace AgentRec.Tests.Cluster;

/// <summary>The bundled sample in a store with a trained model, made once in a run of the tests and copied for each user of it.</summary>
internal static class SampleStore
{
    private static readonly Lazy<Task<(string Folder, RecommenderModel Model)>> Made = new(MakeAsync);

    /// <summary>Copies the store.</summary>
    /// <param name="directory">Where to; it is made.</param>
    public static async Task CopyAsync(string directory)
    {
        var (source, _) = await Made.Value;
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(directory, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>Loads the sample and its model into an empty store of any kind.</summary>
    /// <param name="store">The store.</param>
    public static async Task FillAsync(Store store)
    {
        var (_, model) = await Made.Value;
        await LoadAsync(store);
        var manifest = await new ModelShelf(store.ArtifactFiles, store.Artifacts).PutAsync(Identifier.DefaultTenant, model, 0, default);
        var outcome = await new ModelActivator(store.Artifacts, ActivationTerms.Default.GreatestLoss)
            .ActivateAsync(Identifier.DefaultTenant, manifest.Version, force: false, isNew: true, static _ => Task.FromResult<string?>(null), default);
        Assert.True(outcome.IsActive, outcome.ToString());
    }

    private static async Task<(string Folder, RecommenderModel Model)> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("agentrec-sample-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        await using var store = await EmbeddedStore.OpenAsync(folder, TimeProvider.System, default);
        await LoadAsync(store);
        // The quick scorers only: what is tested is the cluster, not the models.
        var options = new TrainingOptions { Scorers = ["content", "popularity", "trending", "itemknn", "sequence"] };
        var trained = await StoreTraining.RunAsync(store, Identifier.DefaultTenant, options, ActivationTerms.Default, null, default);
        return (folder, trained!.Result.Model);
    }

    private static async Task LoadAsync(Store store)
    {
        var source = new BulkLoadSource(
            SampleWorld.Films().Select((film, i) => new Sourced<Item>(film, "films", i + 1)),
            SampleWorld.Ratings(SampleWorld.DefaultSeed).Select((rating, i) => new Sourced<Interaction>(rating, "ratings", i + 1)),
            InventItems: false);
        await BulkLoad.RunAsync(store, Identifier.DefaultTenant, source, row => throw new InvalidOperationException($"The sample has a bad row: {row}"), null, default);
    }
}
