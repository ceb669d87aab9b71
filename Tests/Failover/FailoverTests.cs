using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Recommenders;
using AgentRec.Tests.Cluster;
using AgentRec.Tests.EndToEnd;
using AgentRec.Tests.PostgreSql;
using Xunit.Abstractions;

namespace AgentRec.Tests.Failover;

/// <summary>
/// Real processes on a real PostgreSQL under a steady load, and one of them, or all, taken away. Whatever was acknowledged must be
/// there exactly once, every session must go on, and the errors that clients see must end soon.
/// </summary>
[Collection(ProcessCollection.Name)]
public sealed class FailoverTests(ITestOutputHelper output)
{
    private const string Short = "FailoverShort";
    private const string Whole = "Failover";
    private static readonly TimeSpan AfterDeath = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AfterFreeze = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(4);

    [PostgreSqlFact, Trait("Category", Short)]
    public Task Cluster_WhoseSilosDieOneAfterTheOther_KeepsWhatItAcknowledged() => SurviveAsync(silos: 2, gateways: 1, clients: 6, async (cluster, load) =>
    {
        var died = load.Now;
        await cluster.Silos[0].KillAsync();
        await Task.Delay(AfterDeath + Calm);
        AssertNoneAfter(load, died + AfterDeath, load.Now);
        await cluster.AddSiloAsync("silo-3");
        Assert.Equal(0, await cluster.Silos[1].TerminateAsync());
        await Task.Delay(Calm);
    });

    [PostgreSqlFact, Trait("Category", Whole), Trait("Category", "Long")]
    public Task KillOfASilo() => SurviveAsync(3, 2, 12, async (cluster, load) =>
    {
        var died = load.Now;
        await cluster.Silos[0].KillAsync();
        await Task.Delay(AfterDeath + Calm + Calm);
        AssertNoneAfter(load, died + AfterDeath, load.Now);
        AssertOthersGoOn(load, died, Elsewhere);
    });

    [PostgreSqlFact, Trait("Category", Whole), Trait("Category", "Long")]
    public Task TerminationOfASilo() => SurviveAsync(3, 2, 12, async (cluster, load) =>
    {
        var told = load.Now;
        Assert.Equal(0, await cluster.Silos[0].TerminateAsync());
        await Task.Delay(Calm + Calm);
        AssertNoneAfter(load, told + AfterDeath, load.Now);
    });

    [PostgreSqlFact, Trait("Category", Whole), Trait("Category", "Long")]
    public Task KillOfAGateway() => SurviveAsync(3, 2, 12, async (cluster, load) =>
    {
        var died = load.Now;
        await cluster.Gateways[0].KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(1));
        // What a load balancer does that finds a gateway gone.
        load.Gateways = [cluster.Gateways[1].Address];
        await Task.Delay(Calm + Calm);
        AssertNoneAfter(load, died + AfterDeath, load.Now);
    });

    [PostgreSqlFact, Trait("Category", Whole), Trait("Category", "Long")]
    public Task RestartOfTheDatabase() => SurviveAsync(3, 2, 12, async (cluster, load) =>
    {
        await cluster.Database.StopImmediatelyAsync();
        await Task.Delay(TimeSpan.FromSeconds(3));
        await cluster.Database.StartAgainAsync();
        var back = load.Now;
        await Task.Delay(Calm + Calm + Calm);
        AssertNoneAfter(load, back + AfterFreeze, load.Now);
    });

    [PostgreSqlFact, Trait("Category", Whole), Trait("Category", "Long")]
    public Task FreezeOfASilo() => SurviveAsync(3, 2, 12, async (cluster, load) =>
    {
        var frozen = load.Now;
        cluster.Silos[0].Freeze();
        await Task.Delay(AfterFreeze + Calm);
        AssertNoneAfter(load, frozen + AfterFreeze, load.Now);
        AssertOthersGoOn(load, frozen, Elsewhere);
        cluster.Silos[0].Thaw();
        await Task.Delay(Calm + Calm);
    });

    [PostgreSqlFact, Trait("Category", Whole), Trait("Category", "Long")]
    public Task KillOfEverything() => SurviveAsync(3, 2, 12, async (cluster, load) =>
    {
        foreach (var part in cluster.Silos.Concat(cluster.Gateways))
            await part.KillAsync();
        await cluster.Database.StopImmediatelyAsync();
        await cluster.Database.StartAgainAsync();
        await cluster.AddAsync(3, 2);
        load.Gateways = cluster.Gateways.Where(gateway => gateway.IsRunning).Select(gateway => gateway.Address);
        await Task.Delay(Calm);
    });

    [PostgreSqlFact, Trait("Category", Whole), Trait("Category", "Long")]
    public Task StartOfAFourthSilo() => SurviveAsync(3, 2, 12, async (cluster, load) =>
    {
        var before = load.Now;
        await cluster.AddSiloAsync("silo-4");
        await Task.Delay(Calm + Calm);
        AssertNoneAfter(load, before, load.Now);
    });

    private async Task SurviveAsync(int silos, int gateways, int clients, Func<TestCluster, SteadyLoad, Task> happens)
    {
        await using var cluster = await TestCluster.StartAsync(silos, gateways);
        var load = new SteadyLoad(Guid.NewGuid().ToString("N")[..8], cluster.Gateways.Select(gateway => gateway.Address));
        try
        {
            await load.StartAsync(clients);
            await Task.Delay(Calm);
            await happens(cluster, load);
            await load.StopAsync();
            await AssertKeptAsync(cluster, load);
        }
        catch
        {
            foreach (var part in cluster.Silos.Concat(cluster.Gateways))
                output.WriteLine($"---- {part.Name}{Environment.NewLine}{part.Output}");
            Print(load, found: 0, doubled: 0);
            throw;
        }
    }

    private async Task AssertKeptAsync(TestCluster cluster, SteadyLoad load)
    {
        var users = load.Sessions.Keys.Order(StringComparer.Ordinal).ToArray();
        // Every session goes on, and its agents say what they remember.
        var views = new Dictionary<string, MemoryView>(StringComparer.Ordinal);
        using var http = new HttpClient { BaseAddress = cluster.Gateways.First(gateway => gateway.IsRunning).Address };
        foreach (var user in users)
        {
            var turnId = $"last-{user}";
            var turn = await load.RepeatAsync(user, $"/v1/sessions/{load.Sessions[user]}/turns", new { turnId }, HttpStatusCode.OK);
            load.Turns[turnId] = (user, turn.GetProperty("certificateId").GetString());
            views[user] = DomainJson.Read<MemoryView>(await http.GetStringAsync(new Uri($"/v1/users/{user}/memory", UriKind.Relative)));
        }
        foreach (var turn in load.Turns.Values.Where((_, i) => i % 10 == 0))
            await AssertVerifiesAsync(http, turn.Certificate!);

        await using var store = await cluster.OpenStoreAsync();
        var catalogue = Catalogue.Create(await store.Catalogue.LoadAsync(Identifier.DefaultTenant, default));
        var (interactions, turns) = (new List<string>(), new List<string>());
        foreach (var user in users)
        {
            var log = await store.Log.ReadAsync(Identifier.DefaultTenant, user, 0, int.MaxValue, default);
            FoldedMemory.AssertIs(views[user], log, catalogue);
            interactions.AddRange(log.Select(one => one.Event).OfType<InteractionRecorded>().Select(one => one.Interaction.InteractionId));
            turns.AddRange(log.Select(one => one.Event).OfType<TurnTaken>().Select(one => one.Turn.Result.TurnId));
        }
        Print(load, interactions.Count + turns.Count, interactions.Count + turns.Count - interactions.Distinct(StringComparer.Ordinal).Count() - turns.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(load.Interactions.Keys.Order(StringComparer.Ordinal), interactions.Order(StringComparer.Ordinal));
        Assert.Equal(load.Turns.Keys.Order(StringComparer.Ordinal), turns.Order(StringComparer.Ordinal));
        Assert.True(interactions.Count >= 5 * users.Length, $"Only {interactions.Count} interactions were recorded: the test says little.");
    }

    private void Print(SteadyLoad load, int found, int doubled)
    {
        var sent = load.Interactions.Count + load.Turns.Count;
        var acknowledged = load.Interactions.Values.Count(one => one.Acknowledged) + load.Turns.Values.Count(one => one.Certificate is not null);
        var seconds = load.Failures.IsEmpty ? 0 : (load.Failures.Max(one => one.Ended) - load.Failures.Min(one => one.Ended)).TotalSeconds;
        output.WriteLine($"sent {sent}, acknowledged {acknowledged}, found {found}, lost {Math.Max(0, acknowledged - found)}, doubled {doubled}, errors {load.Failures.Count} within {seconds:F1} s");
        foreach (var kind in load.Failures.GroupBy(one => one.How, StringComparer.Ordinal).OrderByDescending(kind => kind.Count()))
            output.WriteLine($"  {kind.Count()} times {kind.Key}, from {kind.Min(one => one.Began).TotalSeconds:F1} s to {kind.Max(one => one.Ended).TotalSeconds:F1} s");
    }

    private static void AssertNoneAfter(SteadyLoad load, TimeSpan from, TimeSpan to)
    {
        var late = load.Failures.Where(one => one.Ended > from && one.Ended < to).ToArray();
        Assert.True(late.Length == 0, $"{late.Length} errors after {from.TotalSeconds:F1} s: {string.Join(", ", late.Take(5).Select(one => $"{one.How} at {one.Ended.TotalSeconds:F1} s"))}");
    }

    /// <summary>At most as many users as one silo carries, with room for chance, wait longer than the limit.</summary>
    private static void AssertOthersGoOn(SteadyLoad load, TimeSpan from, TimeSpan limit)
    {
        var served = load.Answers.Where(one => one.At > from && one.At < from + limit).Select(one => one.User).Distinct(StringComparer.Ordinal).Count();
        Assert.True(served >= load.Sessions.Count / 3, $"Only {served} of {load.Sessions.Count} users were answered within {limit.TotalSeconds} s.");
    }

    private static async Task AssertVerifiesAsync(HttpClient http, string certificateId)
    {
        var certificate = await http.GetStringAsync(new Uri($"/v1/certificates/{certificateId}", UriKind.Relative));
        using var content = new StringContent($$"""{"certificate":{{certificate}}}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri("/v1/certificates/verify", UriKind.Relative), content);
        var report = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(report.GetProperty("valid").GetBoolean(), report.GetRawText());
    }
}
