using AgentRec.Domain;
using AgentRec.Import.Sample;
using AgentRec.Recommenders.Training;
using AgentRec.Silo;
using AgentRec.Silo.Models;
using AgentRec.Storage.Bulk;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentRec.Benchmarks.Agents;

/// <summary>A silo in this process on the bundled sample, with made-up users of long histories: its heap is this process's own.</summary>
internal static class SampleSilo
{
    private const string Tenant = Identifier.DefaultTenant;

    /// <summary>Imports the sample, trains on it, and adds users called <c>user-0</c> and so on.</summary>
    /// <param name="store">The store.</param>
    /// <param name="users">How many users.</param>
    /// <param name="interactions">How many interactions each has.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task FillAsync(AgentRec.Storage.Store store, int users, int interactions, CancellationToken cancellationToken)
    {
        await TrainAsync(store, cancellationToken);
        await AddHistoriesAsync(store, users, interactions, cancellationToken);
    }

    /// <summary>Imports the sample and trains on it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task TrainAsync(AgentRec.Storage.Store store, CancellationToken cancellationToken)
    {
        await LoadAsync(store, SampleWorld.Films(), SampleWorld.Ratings(SampleWorld.DefaultSeed), cancellationToken);
        await StoreTraining.RunAsync(store, Tenant, new TrainingOptions { Scorers = ["content", "popularity", "trending"] }, ActivationTerms.Default, null, cancellationToken);
    }

    /// <summary>Adds users called <c>user-0</c> and so on.</summary>
    /// <param name="store">The store, with the sample in it.</param>
    /// <param name="users">How many users.</param>
    /// <param name="interactions">How many interactions each has.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static Task AddHistoriesAsync(AgentRec.Storage.Store store, int users, int interactions, CancellationToken cancellationToken) =>
        LoadAsync(store, [], Histories(users, interactions), cancellationToken);

    /// <summary>Starts a silo that says nothing.</summary>
    /// <param name="store">The store.</param>
    /// <param name="idleMinutes">After how many minutes idle agents go to sleep.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IHost> StartAsync(AgentRec.Storage.Store store, string idleMinutes, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Configuration["Silo:IdleMinutes"] = idleMinutes;
        // A machine that others use too may keep a call waiting.
        builder.Configuration["Silo:ResponseSeconds"] = "60";
        builder.AddAgentRecSilo(store);
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return host;
    }

    /// <summary>What is alive on the managed heap, in bytes.</summary>
    public static double Heap()
    {
        // Twice: what finalizers hold goes the second time.
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static async Task LoadAsync(AgentRec.Storage.Store store, IEnumerable<Item> items, IEnumerable<Interaction> happened, CancellationToken cancellationToken) => await BulkLoad.RunAsync(
        store, Tenant,
        new BulkLoadSource(items.Select((item, i) => new Sourced<Item>(item, "items", i + 1)), happened.Select((one, i) => new Sourced<Interaction>(one, "interactions", i + 1)), InventItems: false),
        row => throw new BenchmarkFailure($"A made-up row was refused: {row}"), null, cancellationToken);

    private static IEnumerable<Interaction> Histories(int users, int interactions)
    {
        var films = SampleWorld.Films();
        var random = new Random(7);
        for (var user = 0; user < users; user++)
        {
            // Different items, as a history has them.
            var first = random.Next(films.Count);
            for (var i = 0; i < interactions; i++)
            {
                var item = films[(first + (i * 7)) % films.Count].ItemId;
                yield return new Interaction($"i-{user}-{i}", $"user-{user}", item, InteractionType.Rate, 1 + random.Next(5), SampleWorld.Beginning.AddHours((user % 1_000) + (i * 6)));
            }
        }
    }
}
