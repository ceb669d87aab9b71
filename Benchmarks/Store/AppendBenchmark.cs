using System.Diagnostics;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage;
using AgentRec.Storage.Log;
using AgentRec.Storage.PostgreSql;

namespace AgentRec.Benchmarks.Store;

/// <summary>
/// Clients that append one interaction after the other, each to its own user's log and each waiting until it is on disk. Rounds of
/// all the ways to commit take turns, so that what else the machine does falls on all of them; the median round counts.
/// </summary>
internal static class AppendBenchmark
{
    private const int Clients = 64;
    private const int Rounds = 5;
    private const string Unit = "acknowledged a second";
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    /// <summary>Measures.</summary>
    /// <param name="connectionString">An empty database.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<Figure[]> RunAsync(string connectionString, CancellationToken cancellationToken)
    {
        var options = new StoreOptions { Provider = StoreProvider.PostgreSql, ConnectionString = connectionString };
        await using var store = await PostgreSqlStore.OpenAsync(options, TimeProvider.System, cancellationToken);
        Way[] ways =
        [
            new("one commit per interaction, one connection", 1, 1),
            new("one commit per interaction, 64 connections", Clients, 1),
            new("group commit, 1 lane", 1, null),
            new("group commit, 2 lanes (the default)", 2, null),
            new("group commit, 4 lanes", 4, null),
        ];
        foreach (var round in Enumerable.Range(0, Rounds + 1))
        {
            foreach (var (number, way) in ways.Index())
            {
                var rate = await RateAsync(options, way, $"{number}-{round}", cancellationToken);
                // The first round is for the compilers and the caches.
                if (round > 0)
                    way.Rates.Add(rate);
            }
        }
        // Held against the better of the two ways to commit each alone.
        var alone = Math.Max(ways[0].Median, ways[1].Median);
        return [.. ways.Select(way => Figure.Against($"{Clients} clients, {way.Name}", way.Median, Unit, alone))];
    }

    private static async Task<double> RateAsync(StoreOptions options, Way way, string round, CancellationToken cancellationToken)
    {
        await using var database = PostgreSqlDatabase.Of(new StoreOptions
        {
            Provider = options.Provider, ConnectionString = options.ConnectionString, WriterLanes = way.Lanes, MaximumConnections = way.Lanes + 10,
        });
        await using var lanes = way.GreatestBatch is { } greatest ? new WriterLanes(database, way.Lanes, greatest) : new WriterLanes(database, way.Lanes);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var started = Stopwatch.GetTimestamp();
        end.CancelAfter(Length);
        var counts = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => AppendAsync(lanes, $"user-{round}-{client}", end.Token), cancellationToken)));
        cancellationToken.ThrowIfCancellationRequested();
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<long> AppendAsync(WriterLanes lanes, string user, CancellationToken end)
    {
        var sequence = 0L;
        while (!end.IsCancellationRequested)
        {
            sequence++;
            var at = DateTimeOffset.UnixEpoch.AddSeconds(sequence);
            var interaction = new Interaction($"{user}-{sequence}", user, $"item-{sequence % 1000}", InteractionType.Rate, 4, at);
            var append = Append.Of(Identifier.DefaultTenant, user, [new LoggedEvent(sequence, at, new InteractionRecorded(interaction))], null);
            if (await lanes.WriteAsync(append, CancellationToken.None) is not AppendOutcome.Appended)
                throw new BenchmarkFailure($"The append {sequence} of {user} was refused.");
        }
        return sequence;
    }

    private sealed record Way(string Name, int Lanes, int? GreatestBatch)
    {
        public List<double> Rates { get; } = [];

        public double Median => Rates.Order().ElementAt(Rates.Count / 2);
    }
}
