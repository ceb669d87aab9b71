using AgentRec.Domain;
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

    /// <summary>Loads items and ratings of the sample, or made from it.</summary>
    /// <param name="store">The store, which no silo has open.</param>
    /// <param name="tenant">Whose they are.</param>
    /// <param name="items">The items.</param>
    /// <param name="ratings">What users say of them.</param>
    public static async Task LoadAsync(Store store, string tenant, IEnumerable<Item> items, IEnumerable<Interaction> ratings)
    {
        var source = new BulkLoadSource(
            items.Select((item, i) => new Sourced<Item>(item, "items", i + 1)),
            ratings.Select((rating, i) => new Sourced<Interaction>(rating, "ratings", i + 1)),
            InventItems: false);
        await BulkLoad.RunAsync(store, tenant, source, row => throw new InvalidOperationException($"A bad row: {row}"), null, default);
    }

    /// <summary>Loads the sample and its model into an empty store of any kind.</summary>
    /// <param name="store">The store.</param>
    public static async Task FillAsync(Store store)
    {
        var (_, model) = await Made.Value;
        await LoadAsync(store);
        var (_, outcome) = await StoreTraining.PutAsync(store, Identifier.DefaultTenant, model, 0, ActivationTerms.Default, default);
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

    private static Task LoadAsync(Store store) => LoadAsync(store, Identifier.DefaultTenant, SampleWorld.Films(), SampleWorld.Ratings(SampleWorld.DefaultSeed));
}
