using System.Net;
using System.Text;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Import.Sample;
using AgentRec.Recommenders;
using AgentRec.Storage;
using AgentRec.Tests.Cluster;
using AgentRec.Tests.Unit;
using Xunit.Abstractions;

namespace AgentRec.Tests.EndToEnd;

/// <summary>
/// A node is killed with SIGKILL at a moment drawn from a seed while clients write; whatever it had acknowledged must be there
/// exactly once when it is started again.
/// </summary>
[Collection(ProcessCollection.Name), Trait("Category", "EndToEnd")]
public sealed class DurabilityTests(ITestOutputHelper output)
{
    private const int Clients = 4;
    private const string SharedUser = "everyone";

    [Fact]
    public Task Node_KilledTwiceUnderLoad_KeepsWhatItAcknowledged() => SurviveAsync(rounds: 2, seed: 1);

    [Fact, Trait("Category", "Long")]
    public Task Node_KilledManyTimesUnderLoad_KeepsWhatItAcknowledged() => SurviveAsync(rounds: 8, seed: 2);

    private async Task SurviveAsync(int rounds, int seed)
    {
        using var folder = new TempFolder();
        var directory = Path.Combine(folder.Path, "store");
        await SampleStore.CopyAsync(directory);
        var random = new Random(seed);
        var ledger = new Ledger();
        for (var round = 1; round <= rounds; round++)
        {
            await using (var node = await NodeProcess.StartAsync(directory))
                await WriteUntilKilledAsync(node, ledger, round, TimeSpan.FromMilliseconds(random.Next(4_000, 8_000)));
            await using var restarted = await NodeProcess.StartAsync(directory);
            await AssertKeptAsync(restarted, ledger);
            output.WriteLine($"round {round}: {ledger.AcknowledgedInteractions} interactions and {ledger.AcknowledgedTurns} turns acknowledged, all kept once");
        }
        Assert.True(ledger.AcknowledgedInteractions >= 10 * rounds && ledger.AcknowledgedTurns >= 2 * rounds, "The node was killed before much was acknowledged: the test says little.");
        await AssertLogAsync(directory, ledger);
    }

    private static async Task WriteUntilKilledAsync(NodeProcess node, Ledger ledger, int round, TimeSpan life)
    {
        using var killed = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(client => Task.Run(() => WriteAsync(node, ledger, round, client, killed.Token))).ToArray();
        await Task.Delay(life);
        await node.KillAsync();
        await killed.CancelAsync();
        await Task.WhenAll(clients);
    }

    private static async Task WriteAsync(NodeProcess node, Ledger ledger, int round, int client, CancellationToken killed)
    {
        // One client of four writes to a user of its own, the others share one.
        var user = client == 0 ? $"client-{round}" : SharedUser;
        var films = SampleWorld.Films();
        try
        {
            var (status, opened) = await node.PostAsync("/v1/sessions", new { userId = user }, killed);
            Assert.Equal(HttpStatusCode.Created, status);
            var session = opened.GetProperty("sessionId").GetString()!;
            for (var n = 0; !killed.IsCancellationRequested; n++)
            {
                var id = $"i-{round}-{client}-{n}";
                object interaction = new { interactionId = id, userId = user, itemId = films[(n * 37 + client * 11 + round) % films.Count].ItemId, type = n % 3 == 0 ? "like" : "view" };
                ledger.Interactions[id] = (interaction, false);
                var (sent, report) = await node.PostAsync("/v1/interactions", new[] { interaction }, killed);
                Assert.Equal((HttpStatusCode.OK, 1), (sent, report.GetProperty("accepted").GetInt32()));
                ledger.Interactions[id] = (interaction, true);

                if (n % 4 == 3)
                {
                    var turnId = $"t-{round}-{client}-{n}";
                    ledger.Turns[turnId] = (session, null);
                    var (taken, answer) = await node.PostAsync($"/v1/sessions/{session}/turns", new { turnId }, killed);
                    Assert.Equal(HttpStatusCode.OK, taken);
                    ledger.Turns[turnId] = (session, answer);
                }
            }
        }
        catch (Exception ended) when (ended is HttpRequestException or OperationCanceledException or IOException or JsonException)
        {
            // The node is gone: what was on its way is not acknowledged.
        }
    }

    private static async Task AssertKeptAsync(NodeProcess node, Ledger ledger)
    {
        foreach (var (id, (body, acknowledged)) in ledger.Interactions)
        {
            var (status, report) = await node.PostAsync("/v1/interactions", new[] { body });
            Assert.Equal(HttpStatusCode.OK, status);
            var duplicate = report.GetProperty("duplicates").GetInt32() == 1;
            Assert.True(duplicate || (!acknowledged && report.GetProperty("accepted").GetInt32() == 1), $"Interaction {id}, acknowledged: {acknowledged}, was answered {report}.");
            ledger.Interactions[id] = (body, true);
        }
        foreach (var (id, (session, answer)) in ledger.Turns)
        {
            var (status, again) = await node.PostAsync($"/v1/sessions/{session}/turns", new { turnId = id });
            Assert.Equal(HttpStatusCode.OK, status);
            if (answer is { } before)
                Assert.Equal(before.GetRawText(), again.GetRawText());
            ledger.Turns[id] = (session, again);
            await AssertVerifiesAsync(node, again.GetProperty("certificateId").GetString()!);
        }
    }

    private static async Task AssertVerifiesAsync(NodeProcess node, string certificateId)
    {
        var certificate = await node.GetTextAsync($"/v1/certificates/{certificateId}");
        using var content = new StringContent($$"""{"certificate":{{certificate}}}""", Encoding.UTF8, "application/json");
        using var response = await node.Http.PostAsync(new Uri("/v1/certificates/verify", UriKind.Relative), content);
        var report = await response.Content.ReadAsStringAsync();
        Assert.Contains("\"valid\":true", report, StringComparison.Ordinal);
    }

    /// <summary>Reads the store itself: each id once, no gaps, and memory as the agents tell it.</summary>
    private static async Task AssertLogAsync(string directory, Ledger ledger)
    {
        var users = ledger.Interactions.Values.Select(entry => JsonSerializer.SerializeToElement(entry.Body).GetProperty("userId").GetString()!).Distinct(StringComparer.Ordinal).ToArray();
        var views = new Dictionary<string, MemoryView>(StringComparer.Ordinal);
        await using (var node = await NodeProcess.StartAsync(directory))
        {
            foreach (var user in users)
                views[user] = DomainJson.Read<MemoryView>(await node.GetTextAsync($"/v1/users/{user}/memory"));
        }

        await using var store = await EmbeddedStore.OpenAsync(directory, TimeProvider.System, default);
        var catalogue = Catalogue.Create(await store.Catalogue.LoadAsync(Identifier.DefaultTenant, default));
        var (interactions, turns) = (new List<string>(), new List<string>());
        foreach (var user in users)
        {
            var log = await store.Log.ReadAsync(Identifier.DefaultTenant, user, 0, int.MaxValue, default);
            FoldedMemory.AssertIs(views[user], log, catalogue);
            interactions.AddRange(log.Select(one => one.Event).OfType<InteractionRecorded>().Select(one => one.Interaction.InteractionId));
            turns.AddRange(log.Select(one => one.Event).OfType<TurnTaken>().Select(one => one.Turn.Result.TurnId));
        }
        Assert.Equal(ledger.Interactions.Keys.Order(StringComparer.Ordinal), interactions.Order(StringComparer.Ordinal));
        Assert.Equal(ledger.Turns.Keys.Order(StringComparer.Ordinal), turns.Order(StringComparer.Ordinal));
    }
}
