using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentRec.Import;

namespace AgentRec.Benchmarks.Turns;

/// <summary>Measures turns of a node over HTTP from this process.</summary>
/// <param name="data">The data folder.</param>
/// <param name="duration">How long each figure is measured.</param>
internal sealed class TurnsBenchmark(string data, TimeSpan duration)
{
    /// <summary>The stage that is left when all that the planner names is taken off: session, log, HTTP.</summary>
    public const string Remainder = "session, log, HTTP";

    private const string Total = "total";

    private static readonly ImmutableArray<int> Levels = [1, 16, 64];
    // The runtime compiles hot methods a second time after some thousand calls; this is enough for most of it.
    private static readonly TimeSpan FirstWarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private const int StreamedTurns = 200;
    private static readonly byte[] Turn = "{}"u8.ToArray();

    /// <summary>Runs.</summary>
    /// <param name="cancellationToken">Stops the run, and the node with it.</param>
    public async Task<TurnsReport> RunAsync(CancellationToken cancellationToken)
    {
        string[] users = [.. DataFolder.Open(data).ReadInteractions(_ => { }).Select(row => row.Value.UserId).Distinct(StringComparer.Ordinal)];
        if (users.Length < 2 * Levels[^1])
            throw new BenchmarkFailure($"{data} knows {users.Length} users; at least {2 * Levels[^1]} are needed.");
        var node = await NodeProcess.StartAsync(data, cancellationToken);
        await using (node)
        {
            using var client = new TurnClient(node.Address, Levels[^1]);
            var opened = new List<string>();
            foreach (var user in users)
                opened.Add(await client.OpenAsync(user, cancellationToken));
            var visits = new Visits(opened, Levels[^1]);
            var before = node.ResidentMebibytes;
            Progress($"{users.Length} sessions are open; warming up");
            await ClosedLoop.RunAsync(Levels[1], TimeSpan.Zero, FirstWarmUp, (loop, _) => NegotiateAsync(client, visits.Next(loop), null, cancellationToken), cancellationToken);
            Progress("first events of streams");
            var first = new List<double>();
            for (var turn = 0; turn < StreamedTurns; turn++)
                first.Add((await client.FirstEventAsync(visits.Next(0), Turn, cancellationToken)).TotalMilliseconds);
            var levels = ImmutableArray.CreateBuilder<Level>();
            foreach (var sessions in Levels)
                levels.Add(await MeasureAsync(node, client, sessions, visits, cancellationToken));
            var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(data)));
            return new TurnsReport(name, users.Length, duration.TotalSeconds, before, node.ResidentMebibytes, Distribution.Of(first), levels.ToImmutable());
        }
    }

    private async Task<Level> MeasureAsync(
        NodeProcess node, TurnClient client, int sessions, Visits visits, CancellationToken cancellationToken)
    {
        Progress($"{sessions} concurrent sessions: negotiated turns");
        var stages = new ConcurrentBag<KeyValuePair<string, double>>();
        var answered = 0;
        var processorBefore = node.ProcessorTime;
        var turns = await ClosedLoop.RunAsync(
            sessions, WarmUp, duration,
            (loop, measured) =>
            {
                Interlocked.Increment(ref answered);
                return NegotiateAsync(client, visits.Next(loop), measured ? stages : null, cancellationToken);
            },
            cancellationToken);
        var processor = (node.ProcessorTime - processorBefore).TotalMilliseconds / answered;

        Progress($"{sessions} concurrent sessions: a finished turn again");
        var again = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { turnId = string.Create(CultureInfo.InvariantCulture, $"again-{sessions}") }));
        var own = visits.Idle(sessions);
        foreach (var session in own)
            await client.TurnAsync(session, again, cancellationToken);
        var constant = await ClosedLoop.RunAsync(
            sessions, WarmUp, duration, async (loop, _) => (await client.TimedTurnAsync(own[loop], again, cancellationToken)).Took, cancellationToken);
        return new Level(
            sessions, turns, constant, Math.Round(processor, 2),
            stages.GroupBy(stage => stage.Key, stage => stage.Value, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(group => group.Key, Distribution.Of, StringComparer.Ordinal));
    }

    private static async Task<TimeSpan> NegotiateAsync(
        TurnClient client, string session, ConcurrentBag<KeyValuePair<string, double>>? stages, CancellationToken cancellationToken)
    {
        var (answer, took) = await client.TimedTurnAsync(session, Turn, cancellationToken);
        if (stages is null)
            return took;
        foreach (var stage in TurnClient.Timings(answer))
        {
            stages.Add(stage);
            if (string.Equals(stage.Key, Total, StringComparison.Ordinal))
                stages.Add(KeyValuePair.Create(Remainder, took.TotalMilliseconds - stage.Value));
        }
        return took;
    }

    private static void Progress(string text) => Console.Error.WriteLine(text);
}
