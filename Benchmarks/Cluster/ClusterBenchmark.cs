using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using AgentRec.Benchmarks.Processes;
using AgentRec.Benchmarks.Turns;
using AgentRec.Import;
using AgentRec.Tests.PostgreSql;

namespace AgentRec.Benchmarks.Cluster;

/// <summary>
/// Drives turns of the same data and model through one process and through several on the same machine, in turns, so that what else
/// the machine does falls on both; each round is held against the other shape's of the same round.
/// </summary>
/// <param name="terms">What to run.</param>
internal sealed class ClusterBenchmark(ClusterTerms terms)
{
    private const string Cli = "agentrec.dll";
    // The runtime compiles hot methods a second time after some thousand calls, in each process for itself; this is enough for most of it.
    private const int FirstTurns = 6_000;
    private static readonly TimeSpan FirstWarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    /// <summary>Runs.</summary>
    /// <param name="cancellationToken">Stops the run, and all processes with it.</param>
    public async Task<ClusterReport> RunAsync(CancellationToken cancellationToken)
    {
        string[] users = [.. DataFolder.Open(terms.Data).ReadInteractions(_ => { }).Select(row => row.Value.UserId).Distinct(StringComparer.Ordinal)];
        if (users.Length < 2 * terms.Sessions)
            throw new BenchmarkFailure($"{terms.Data} knows {users.Length} users; at least {2 * terms.Sessions} are needed for {terms.Sessions} sessions at once.");
        var models = Directory.CreateTempSubdirectory("agentrec-cluster-");
        try
        {
            await using var server = await PostgreSqlServer.StartAsync();
            var database = await server.CreateDatabaseAsync();
            Progress("importing and training");
            await ServerProcess.RunAsync(Cli, ["import", "--data", Path.GetFullPath(terms.Data), "--store", "postgresql"], Settings(database, models), cancellationToken);
            await ServerProcess.RunAsync(Cli, ["train", "--store", "postgresql", "--models", terms.Models], Settings(database, models), cancellationToken);
            // Copies: both begin with the same log, the same model and the same agents asleep.
            string[] copies = [await server.CreateDatabaseAsync(database), await server.CreateDatabaseAsync(database)];
            Progress("starting both shapes");
            await using var one = await Shape.OneAsync(Settings(copies[0], models), cancellationToken);
            await using var several = await Shape.SeveralAsync(terms.Silos, Settings(copies[1], models), cancellationToken);
            return await MeasureAsync([(one, copies[0]), (several, copies[1])], users, cancellationToken);
        }
        finally
        {
            models.Delete(recursive: true);
        }
    }

    private async Task<ClusterReport> MeasureAsync((Shape Shape, string Database)[] shapes, string[] users, CancellationToken cancellationToken)
    {
        foreach (var (shape, _) in shapes)
        {
            Progress($"{shape.Name}: warming up");
            await shape.OpenAsync(users, terms.Sessions, cancellationToken);
            var started = Stopwatch.GetTimestamp();
            for (var turns = 0; turns < FirstTurns && Stopwatch.GetElapsedTime(started) < LongestWarmUp;)
                turns += (await DriveAsync(shape, TimeSpan.Zero, FirstWarmUp, cancellationToken)).Turns;
        }
        await Task.Delay(DatabaseCounters.Delay, cancellationToken);
        var rounds = shapes.Select(_ => ImmutableArray.CreateBuilder<Round>()).ToArray();
        var logBytes = new double[shapes.Length];
        var flushes = new long[shapes.Length];
        var before = await Task.WhenAll(shapes.Select(one => DatabaseCounters.ReadAsync(one.Database, cancellationToken)));
        for (var round = 0; round < terms.Rounds; round++)
        {
            foreach (var (number, (shape, database)) in shapes.Index())
            {
                // The log is the server's: what it grows by during a round is the round's.
                var then = await DatabaseCounters.ReadAsync(database, cancellationToken);
                rounds[number].Add(await DriveAsync(shape, WarmUp, terms.Duration, cancellationToken));
                await Task.Delay(DatabaseCounters.Delay, cancellationToken);
                var now = await DatabaseCounters.ReadAsync(database, cancellationToken);
                (logBytes[number], flushes[number]) = (logBytes[number] + now.LogBytes - then.LogBytes, flushes[number] + now.Flushes - then.Flushes);
                Progress(string.Create(
                    CultureInfo.InvariantCulture,
                    $"round {round + 1} of {terms.Rounds}, {shape.Name}: {rounds[number][^1].TurnsPerSecond:F0} turns/s, {rounds[number][^1].ProcessorMilliseconds:F2} ms of processor time a turn"));
            }
        }
        var after = await Task.WhenAll(shapes.Select(one => DatabaseCounters.ReadAsync(one.Database, cancellationToken)));
        return new ClusterReport(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(terms.Data))), terms.Models, users.Length, terms.Sessions, terms.Duration.TotalSeconds,
            [
                .. shapes.Select((one, number) => new ShapeReport(
                    one.Shape.Name, one.Shape.ResidentMebibytes, rounds[number].ToImmutable(),
                    DatabaseCost.Of(before[number], after[number], rounds[number].Sum(static round => (long)round.Turns), logBytes[number], flushes[number]))),
            ]);
    }

    private async Task<Round> DriveAsync(Shape shape, TimeSpan warmUp, TimeSpan duration, CancellationToken cancellationToken)
    {
        var (answered, degraded, failed) = (0, 0, 0);
        var before = shape.ProcessorTime;
        var throughput = await ClosedLoop.RunAsync(
            terms.Sessions, warmUp, duration,
            async (loop, _) =>
            {
                while (true)
                {
                    try
                    {
                        var (answer, took) = await shape.TurnAsync(loop, cancellationToken);
                        Interlocked.Increment(ref answered);
                        if (TurnClient.IsDegraded(answer))
                            Interlocked.Increment(ref degraded);
                        return took;
                    }
                    catch (BenchmarkFailure failure)
                    {
                        // On a machine that others use more than this run does a turn may find nobody who waits for it.
                        Interlocked.Increment(ref failed);
                        Progress(failure.Message);
                    }
                }
            },
            cancellationToken);
        return new Round(
            answered, throughput.PerSecond, Math.Round((shape.ProcessorTime - before).TotalMilliseconds / answered, 3), throughput.Latency.P50,
            Math.Round(degraded / (double)answered, 4), failed);
    }

    /// <summary>
    /// Both shapes run under the same terms. Bids, proposers and answers get all the time that they need, and a silo that is slow is not
    /// taken for dead: a shape must not look fast because its turns go on without something, nor slow because others use the machine.
    /// </summary>
    private static Dictionary<string, string> Settings(string database, DirectoryInfo models) => new(StringComparer.Ordinal)
    {
        ["AGENTREC_Store__Provider"] = "postgresql",
        ["AGENTREC_Store__ConnectionString"] = database,
        ["AGENTREC_Store__ModelDirectory"] = models.FullName,
        ["AGENTREC_Planner__TurnBudgetMilliseconds"] = "2000",
        ["AGENTREC_Planner__BidTimeoutMilliseconds"] = "2000",
        ["AGENTREC_Planner__ProposerTimeoutMilliseconds"] = "2000",
        ["AGENTREC_Planner__AnswerTimeoutMilliseconds"] = "2000",
        ["AGENTREC_Cluster__ResponseSeconds"] = "30",
        ["AGENTREC_Silo__ResponseSeconds"] = "30",
        ["AGENTREC_Cluster__ProbeMilliseconds"] = "10000",
    };

    private static void Progress(string text) => Console.Error.WriteLine(text);
}
