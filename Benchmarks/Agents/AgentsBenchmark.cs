using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Import.Sample;
using AgentRec.Recommenders.Training;
using AgentRec.Silo;
using AgentRec.Silo.Models;
using AgentRec.Storage;
using AgentRec.Storage.Bulk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentRec.Benchmarks.Agents;

/// <summary>Measures what user agents take: in memory while they are awake, and in the store.</summary>
/// <param name="users">How many users.</param>
/// <param name="interactions">How many interactions each has.</param>
internal sealed class AgentsBenchmark(int users, int interactions)
{
    private const string Tenant = Identifier.DefaultTenant;
    private const int AtATime = 16;
    private const int WarmUp = 200;
    private const double Kibibyte = 1_024;

    /// <summary>Runs.</summary>
    /// <param name="cancellationToken">Stops the run.</param>
    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("agentrec-agents-");
        try
        {
            await using var store = await EmbeddedStore.OpenAsync(folder.FullName, TimeProvider.System, cancellationToken);
            Progress("importing and training the bundled sample");
            var films = SampleWorld.Films();
            await LoadAsync(store, films, SampleWorld.Ratings(SampleWorld.DefaultSeed), cancellationToken);
            await StoreTraining.RunAsync(store, Tenant, new TrainingOptions { Scorers = ["content", "popularity", "trending"] }, ActivationTerms.Default, null, cancellationToken);
            var empty = Size(folder);
            Progress($"writing {users:N0} users of {interactions} interactions");
            await LoadAsync(store, [], Histories(films), cancellationToken);
            var loaded = Size(folder);

            double nobody, folded, asleep, restored;
            using (var host = await StartAsync(store, cancellationToken))
            {
                var grains = host.Services.GetRequiredService<IGrainFactory>();
                // What the first agents bring with them is not theirs.
                await WakeAsync(grains, "warm", WarmUp, cancellationToken);
                await WakeAsync(grains, "user", WarmUp, cancellationToken);

                var before = Heap();
                Progress("waking users that have done nothing");
                await WakeAsync(grains, "nobody", users, cancellationToken);
                var nobodies = Heap();
                nobody = (nobodies - before) / users;
                Progress("waking users with their histories");
                await WakeAsync(grains, "user", users, cancellationToken);
                folded = (Heap() - nobodies) / (users - WarmUp);
                Progress("putting them to sleep");
                await host.StopAsync(cancellationToken);
                asleep = Size(folder);
            }
            using (var host = await StartAsync(store, cancellationToken))
            {
                var grains = host.Services.GetRequiredService<IGrainFactory>();
                await WakeAsync(grains, "warm", WarmUp, cancellationToken);
                await WakeAsync(grains, "user", WarmUp, cancellationToken);
                var before = Heap();
                Progress("waking users with their histories from their snapshots");
                await WakeAsync(grains, "user", users, cancellationToken);
                restored = (Heap() - before) / (users - WarmUp);
                await host.StopAsync(cancellationToken);
            }
            return
            [
                new Figure("user agent without a history, awake", Round(nobody / Kibibyte), "KiB of managed heap"),
                new Figure($"user agent with {interactions} interactions, awake", Round(folded / Kibibyte), "KiB of managed heap"),
                new Figure("the same, woken from its snapshot", Round(restored / Kibibyte), "KiB of managed heap"),
                new Figure("log of such a user", Round((loaded - empty) / Kibibyte / users), "KiB in the store (SQLite, indices included)"),
                new Figure("snapshot of such a user, and of one without a history", Round((asleep - loaded) / Kibibyte / users), "KiB in the store"),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task LoadAsync(AgentRec.Storage.Store store, IEnumerable<Item> items, IEnumerable<Interaction> happened, CancellationToken cancellationToken) => await BulkLoad.RunAsync(
        store, Tenant,
        new BulkLoadSource(items.Select((item, i) => new Sourced<Item>(item, "items", i + 1)), happened.Select((one, i) => new Sourced<Interaction>(one, "interactions", i + 1)), InventItems: false),
        row => throw new BenchmarkFailure($"A made-up row was refused: {row}"), null, cancellationToken);

    private IEnumerable<Interaction> Histories(IReadOnlyList<Item> films)
    {
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

    private static async Task<IHost> StartAsync(AgentRec.Storage.Store store, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Configuration["Silo:IdleMinutes"] = "1440";
        builder.AddAgentRecSilo(store);
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return host;
    }

    private static Task WakeAsync(IGrainFactory grains, string kind, int count, CancellationToken cancellationToken) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
            async (user, _) => await grains.GetGrain<IUserAgent>(GrainKey.User(Tenant, $"{kind}-{user}")).DescribeMemory());

    private static double Heap()
    {
        // Twice: what finalizers hold goes the second time.
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static double Size(DirectoryInfo folder) => folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length);

    private static double Round(double value) => Math.Round(value, 2);

    private static void Progress(string text) => Console.Error.WriteLine(text);
}
