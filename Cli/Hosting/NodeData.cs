using AgentRec.Cli.Terminal;
using AgentRec.Domain;
using AgentRec.Import;
using AgentRec.Import.Sample;
using AgentRec.Recommenders.Training;
using AgentRec.Silo;
using AgentRec.Silo.Models;
using AgentRec.Storage;
using AgentRec.Storage.Bulk;

namespace AgentRec.Cli.Hosting;

/// <summary>Fills a store with data and trains on it.</summary>
internal static class NodeData
{
    /// <summary>Where the store of a node lies that was told of none.</summary>
    /// <param name="data">The data folder; null: the bundled sample.</param>
    public static string DefaultStore(string? data) =>
        Path.Combine(".agentrec", data is null ? "sample" : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(data))));

    /// <summary>Imports and trains where the store has nothing yet; what is there is left alone.</summary>
    /// <param name="store">The store.</param>
    /// <param name="tenant">Whose data and model they are.</param>
    /// <param name="data">The data folder; null: the bundled sample.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task PrepareAsync(Store store, string tenant, string? data, CancellationToken cancellationToken)
    {
        var items = await store.Catalogue.LoadAsync(tenant, cancellationToken);
        // Who serves other tenants from the store wants no sample beside them.
        if (items.Count == 0 && data is null && !(await store.Tenants.ListAsync(cancellationToken)).IsEmpty)
            return;
        if (items.Count == 0)
        {
            if (data is null)
                await ImportSampleAsync(store, tenant, cancellationToken);
            else
                await ImportAsync(store, tenant, DataFolder.Open(data), cancellationToken);
        }
        else if (data is not null)
        {
            Say.Warning($"The store holds {items.Count} items already; --data is not read. Use 'agentrec import' to add to it.");
        }
        if (await store.Artifacts.ActiveAsync(tenant, cancellationToken) is null)
            await TrainAsync(store, tenant, new TrainingOptions(), ModelTerms.Read(force: false), cancellationToken);
    }

    /// <summary>Imports a data folder and prints what became of it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="tenant">Whose data they are.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellationToken">Stops the import, which then leaves nothing behind.</param>
    /// <returns>What was loaded, and how many rows were left out.</returns>
    public static async Task<(BulkLoadResult Result, long Rejected)> ImportAsync(
        Store store, string tenant, DataFolder folder, CancellationToken cancellationToken)
    {
        Say.Progress($"importing {folder.Layout}");
        var rejections = new Rejections();
        var source = new BulkLoadSource(folder.ReadItems(rejections.Add), folder.ReadInteractions(rejections.Add), !folder.StatesItems);
        var result = await LoadAsync(store, tenant, source, rejections, cancellationToken);
        return (result, rejections.Count);
    }

    /// <summary>Trains on the store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="tenant">Whose interactions are learned from.</param>
    /// <param name="options">How to train.</param>
    /// <param name="terms">On what terms the model is activated.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <exception cref="CommandFailure">There is nothing to learn from.</exception>
    public static async Task<TrainedModel> TrainAsync(
        Store store, string tenant, TrainingOptions options, ActivationTerms terms, CancellationToken cancellationToken) =>
        await StoreTraining.RunAsync(store, tenant, options, terms, Say.Training(), cancellationToken)
        ?? throw new CommandFailure("The store holds no positive interaction to learn from: import some first (likes, consumptions, or ratings of 4 and more).");

    private static async Task ImportSampleAsync(Store store, string tenant, CancellationToken cancellationToken)
    {
        Say.Progress("importing the bundled sample: facts of 2,000 films, ratings by simulated users");
        var source = new BulkLoadSource(
            SampleWorld.Films().Select((item, i) => new Sourced<Item>(item, "films", i + 1)),
            SampleWorld.Ratings(SampleWorld.DefaultSeed).Select((rating, i) => new Sourced<Interaction>(rating, "ratings", i + 1)),
            InventItems: false);
        await LoadAsync(store, tenant, source, new Rejections(), cancellationToken);
    }

    private static async Task<BulkLoadResult> LoadAsync(
        Store store, string tenant, BulkLoadSource source, Rejections rejections, CancellationToken cancellationToken)
    {
        var progress = new Say.Immediate<BulkLoadProgress>(step => Say.Progress($"import: {step.Phase}, {step.Rows:N0} rows"));
        var result = await BulkLoad.RunAsync(store, tenant, source, rejections.Add, progress, cancellationToken);
        Say.Progress($"imported {result.Items.Added:N0} items and {result.Accepted:N0} interactions of {result.Users:N0} users");
        return result;
    }
}
