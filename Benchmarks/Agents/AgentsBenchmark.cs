using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Storage;
using Microsoft.Extensions.DependencyInjection;

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
    // Nobody falls asleep while it runs.
    private const string Awake = "1440";

    /// <summary>Runs.</summary>
    /// <param name="cancellationToken">Stops the run.</param>
    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("agentrec-agents-");
        try
        {
            await using var store = await EmbeddedStore.OpenAsync(folder.FullName, TimeProvider.System, cancellationToken);
            Progress("importing and training the bundled sample");
            await SampleSilo.TrainAsync(store, cancellationToken);
            var empty = Size(folder);
            Progress($"writing {users:N0} users of {interactions} interactions");
            await SampleSilo.AddHistoriesAsync(store, users, interactions, cancellationToken);
            var loaded = Size(folder);

            double nobody, folded, asleep, restored;
            using (var host = await SampleSilo.StartAsync(store, Awake, cancellationToken))
            {
                var grains = host.Services.GetRequiredService<IGrainFactory>();
                // What the first agents bring with them is not theirs.
                await WakeAsync(grains, "warm", WarmUp, cancellationToken);
                await WakeAsync(grains, "user", WarmUp, cancellationToken);

                var before = SampleSilo.Heap();
                Progress("waking users that have done nothing");
                await WakeAsync(grains, "nobody", users, cancellationToken);
                var nobodies = SampleSilo.Heap();
                nobody = (nobodies - before) / users;
                Progress("waking users with their histories");
                await WakeAsync(grains, "user", users, cancellationToken);
                folded = (SampleSilo.Heap() - nobodies) / (users - WarmUp);
                Progress("putting them to sleep");
                await host.StopAsync(cancellationToken);
                asleep = Size(folder);
            }
            using (var host = await SampleSilo.StartAsync(store, Awake, cancellationToken))
            {
                var grains = host.Services.GetRequiredService<IGrainFactory>();
                await WakeAsync(grains, "warm", WarmUp, cancellationToken);
                await WakeAsync(grains, "user", WarmUp, cancellationToken);
                var before = SampleSilo.Heap();
                Progress("waking users with their histories from their snapshots");
                await WakeAsync(grains, "user", users, cancellationToken);
                restored = (SampleSilo.Heap() - before) / (users - WarmUp);
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

    private static Task WakeAsync(IGrainFactory grains, string kind, int count, CancellationToken cancellationToken) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
            async (user, _) => await grains.GetGrain<IUserAgent>(GrainKey.User(Tenant, $"{kind}-{user}")).DescribeMemory());

    private static double Size(DirectoryInfo folder) => folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length);

    private static double Round(double value) => Math.Round(value, 2);

    private static void Progress(string text) => Console.Error.WriteLine(text);
}
