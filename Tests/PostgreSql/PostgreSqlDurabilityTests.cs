using System.Collections.Concurrent;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage;
using AgentRec.Tests.Unit;
using Xunit.Abstractions;
using static AgentRec.Tests.Unit.Storage.Samples;

namespace AgentRec.Tests.PostgreSql;

/// <summary>
/// The server is stopped as by a power cut while two silos write; whatever was acknowledged must be there exactly once when it is
/// started again, and the silos must go on by themselves.
/// </summary>
public sealed class PostgreSqlDurabilityTests(ITestOutputHelper output)
{
    private const string Tenant = "default";
    private const int Clients = 16;

    [PostgreSqlFact]
    public Task Server_StoppedAtOnceTwice_KeepsWhatWasAcknowledged() => SurviveAsync(rounds: 2, appends: 400, seed: 1);

    [PostgreSqlFact, Trait("Category", "Long")]
    public Task Server_StoppedAtOnceManyTimes_KeepsWhatWasAcknowledged() => SurviveAsync(rounds: 10, appends: 3_000, seed: 2);

    private async Task SurviveAsync(int rounds, int appends, int seed)
    {
        using var models = new TempFolder();
        await using var server = await PostgreSqlServer.StartAsync();
        var options = PostgreSqlServer.Options(await server.CreateDatabaseAsync(), models.Path);
        await using var one = await PostgreSqlStore.OpenAsync(options, TimeProvider.System, default);
        await using var other = await PostgreSqlStore.OpenAsync(options, TimeProvider.System, default);
        var (random, acknowledged, sent) = (new Random(seed), new ConcurrentDictionary<string, bool>(StringComparer.Ordinal), new ConcurrentDictionary<string, bool>(StringComparer.Ordinal));
        for (var round = 0; round < rounds; round++)
        {
            var enough = new TaskCompletionSource();
            var goal = acknowledged.Count + appends / 2 + random.Next(appends / 2);
            var clients = Enumerable.Range(0, Clients).Select(client => Task.Run(() => WriteAsync(client % 2 == 0 ? one : other, $"u{client}", round))).ToArray();
            await enough.Task;
            await server.StopImmediatelyAsync();
            await Task.WhenAll(clients);
            await server.StartAgainAsync();
            output.WriteLine($"round {round}: {sent.Count} sent, {acknowledged.Count} acknowledged");

            async Task WriteAsync(PostgreSqlStore store, string user, int number)
            {
                // A silo that just lost the server reads the log again, as an agent does.
                var sequence = await LastAsync(store, user);
                for (var n = 0; ; n++)
                {
                    var id = $"{user}-{number}-{n}";
                    sent[id] = true;
                    try
                    {
                        var happened = new InteractionRecorded(new Interaction(id, user, $"m{n}", InteractionType.View, null, null));
                        Assert.Equal(AppendOutcome.Appended, await store.Log.AppendAsync(Tenant, user, [Event(++sequence, happened)], null, default));
                    }
                    catch (StoreUnavailableException)
                    {
                        return;
                    }
                    acknowledged[id] = true;
                    if (acknowledged.Count >= goal)
                        enough.TrySetResult();
                }
            }
        }

        var found = new List<string>();
        for (var client = 0; client < Clients; client++)
        {
            var log = await other.Log.ReadAsync(Tenant, $"u{client}", 0, int.MaxValue, default);
            Assert.Equal(Enumerable.Range(1, log.Count).Select(sequence => (long)sequence), log.Select(happened => happened.Sequence));
            found.AddRange(log.Select(happened => ((InteractionRecorded)happened.Event).Interaction.InteractionId));
        }
        Assert.Equal(found.Count, found.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(acknowledged.Keys.Except(found, StringComparer.Ordinal));
        Assert.Empty(found.Except(sent.Keys, StringComparer.Ordinal));
        output.WriteLine($"{sent.Count} sent, {acknowledged.Count} acknowledged, {found.Count} found, 0 lost, 0 doubled");
    }

    private static async Task<long> LastAsync(PostgreSqlStore store, string user) =>
        (await store.Log.ReadAsync(Tenant, user, 0, int.MaxValue, default)).Select(happened => happened.Sequence).LastOrDefault();
}
