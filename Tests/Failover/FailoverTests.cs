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
        // Agents that move leave their state to the store: none is carried along ("dehydrated"), which would fail and name its user.
        Assert.DoesNotContain("hydrat", cluster.Silos[1].Output, StringComparison.Ordinal);
        await Task.Delay(Calm);
    });

    [PostgreSqlFact, Trait("Category", Whole), Trait("Category", "Long")]
    public Task KillOfASilo() => SurviveAsync(3, 2, 12, async (cluster, load) =>
    {
        var elsewhere = await ElsewhereAsync(cluster, load, cluster.Silos[0]);
        var died = load.Now;
        await cluster.Silos[0].KillAsync();
        await Task.Delay(AfterDeath + Calm + Calm);
        AssertNoneAfter(load, died + AfterDeath, load.Now);
        AssertGoOn(load, elsewhere, died, Elsewhere);
    });

    [PostgreSqlFact, Trait("Category", Whole), Trait("Category", "Long")]
    public Task TerminationOfASilo() => SurviveAsync(3, 2, 12, async (cluster, load) =>
    {
        var told = load.Now;
        Assert.Equal(0, await cluster.Silos[0].TerminateAsync());
        Assert.DoesNotContain("fail:", cluster.Silos[0].Output, StringComparison.Ordinal);
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
        // Where an agent lives is kept in the memory of one of the silos; the others remember what they have asked. In steady load they have.
        await Task.Delay(Calm + Calm);
        var elsewhere = await ElsewhereAsync(cluster, load, cluster.Silos[0]);
        var frozen = load.Now;
        cluster.Silos[0].Freeze();
        await Task.Delay(AfterFreeze + Calm);
        AssertNoneAfter(load, frozen + AfterFreeze, load.Now);
        AssertGoOn(load, elsewhere, frozen, Elsewhere);
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
        var back = load.Now;
        await Task.Delay(5 * Calm);
        AssertNoneAfter(load, back + AfterFreeze, load.Now);
    });

    [PostgreSqlFact, Trait("Category", Whole), Trait("Category", "Long")]
    public Task StartOfAFourthSilo() => SurviveAsync(3, 2, 12, async (cluster, load) =>
    {
        var before = load.Now;
        await cluster.AddSiloAsync("silo-4");
        await Task.Delay(Calm + Calm);
        AssertNoneAfter(load, before, load.Now);
    });

    /// <summary>
    /// One part after the other makes room for one of this build, silos first, as an operator does it. The checkout of the build before
    /// is named by the environment, and built: <c>git worktree add DIR COMMIT</c>, <c>dotnet build DIR/AgentRec.sln</c>.
    /// </summary>
    [PreviousBuildFact, Trait("Category", Whole), Trait("Category", "Long")]
    public Task UpgradeFromTheBuildBefore() => SurviveAsync(3, 2, 12, async (cluster, load) =>
    {
        cluster.Build = Repository.Root;
        foreach (var old in cluster.Silos.ToArray())
        {
            await cluster.AddSiloAsync($"new-{old.Name}");
            Assert.Equal(0, await old.TerminateAsync());
            await Task.Delay(Calm);
        }
        foreach (var old in cluster.Gateways.ToArray())
        {
            await cluster.AddAsync(silos: 0, gateways: 1);
            load.Gateways = cluster.Gateways.Where(gateway => gateway != old && gateway.IsRunning).Select(gateway => gateway.Address);
            Assert.Equal(0, await old.TerminateAsync());
        }
        var done = load.Now;
        await Task.Delay(Calm + Calm);
        AssertNoneAfter(load, done, load.Now);
    }, PreviousBuildFactAttribute.Folder);

    private async Task SurviveAsync(int silos, int gateways, int clients, Func<TestCluster, SteadyLoad, Task> happens, string? build = null)
    {
        await using var cluster = await TestCluster.StartAsync(silos, gateways, build: build);
        var load = new SteadyLoad(Guid.NewGuid().ToString("N")[..8], cluster.Gateways.Select(gateway => gateway.Address));
        try
        {
            await load.StartAsync(clients);
            await Task.Delay(Calm);
            await happens(cluster, load);
            await load.StopAsync();
            await AssertKeptAsync(cluster, load);
            // A fault of the cluster is 503: only faults of ours are 500.
            Assert.DoesNotContain(load.Failures, one => one.How.StartsWith("500", StringComparison.Ordinal));
        }
        catch
        {
            foreach (var part in cluster.Silos.Concat(cluster.Gateways))
                output.WriteLine($"---- {part.Name}{Environment.NewLine}{part.Output}");
            PrintErrors(load);
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
        foreach (var turn in load.Turns.Values)
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
        Print(load, [.. interactions, .. turns]);
        Assert.Equal(load.Interactions.Keys.Order(StringComparer.Ordinal), interactions.Order(StringComparer.Ordinal));
        Assert.Equal(load.Turns.Keys.Order(StringComparer.Ordinal), turns.Order(StringComparer.Ordinal));
        Assert.True(interactions.Count >= 5 * users.Length, $"Only {interactions.Count} interactions were recorded: the test says little.");
    }

    private void Print(SteadyLoad load, string[] found)
    {
        string[] acknowledged = [.. load.Interactions.Where(one => one.Value.Acknowledged).Select(one => one.Key), .. load.Turns.Where(one => one.Value.Certificate is not null).Select(one => one.Key)];
        output.WriteLine(
            $"sent {load.Interactions.Count + load.Turns.Count}, acknowledged {acknowledged.Length}, found {found.Length}, lost {acknowledged.Except(found, StringComparer.Ordinal).Count()}, "
                + $"doubled {found.Length - found.Distinct(StringComparer.Ordinal).Count()}");
        PrintErrors(load);
    }

    private void PrintErrors(SteadyLoad load)
    {
        var seconds = load.Failures.IsEmpty ? 0 : (load.Failures.Max(one => one.Ended) - load.Failures.Min(one => one.Ended)).TotalSeconds;
        output.WriteLine($"errors {load.Failures.Count} within {seconds:F1} s");
        foreach (var kind in load.Failures.GroupBy(one => one.How, StringComparer.Ordinal).OrderByDescending(kind => kind.Count()))
            output.WriteLine($"  {kind.Count()} times {kind.Key}, from {kind.Min(one => one.Began).TotalSeconds:F1} s to {kind.Max(one => one.Ended).TotalSeconds:F1} s");
    }

    private static void AssertNoneAfter(SteadyLoad load, TimeSpan from, TimeSpan to)
    {
        var late = load.Failures.Where(one => one.Ended > from && one.Ended < to).ToArray();
        Assert.True(late.Length == 0, $"{late.Length} errors after {from.TotalSeconds:F1} s: {string.Join(", ", late.Take(5).Select(one => $"{one.How} at {one.Ended.TotalSeconds:F1} s"))}");
    }

    /// <summary>The users whose session and whose own agent live on other silos than a given one.</summary>
    private static async Task<string[]> ElsewhereAsync(TestCluster cluster, SteadyLoad load, ClusterPart silo)
    {
        var users = load.Sessions.ToDictionary(session => session.Value, session => session.Key, StringComparer.Ordinal);
        var where = await cluster.WhereAsync(users.Select(static session => (session.Key, session.Value)));
        string[] elsewhere = [.. where.Where(one => !one.Value.Contains(silo)).Select(one => users[one.Key])];
        Assert.True(elsewhere.Length > 0, $"All sessions live on {silo.Name}: the test says nothing.");
        return elsewhere;
    }

    /// <summary>Each of the users has a turn answered that began after a moment, and soon.</summary>
    private static void AssertGoOn(SteadyLoad load, string[] users, TimeSpan from, TimeSpan limit)
    {
        var answered = load.Answers.Where(one => one.IsTurn && one.Began > from && one.Ended < from + limit).Select(one => one.User).ToHashSet(StringComparer.Ordinal);
        string[] waiting = [.. users.Where(user => !answered.Contains(user))];
        Assert.True(
            waiting.Length == 0,
            $"{waiting.Length} of {users.Length} users whose sessions live elsewhere had no turn answered within {limit.TotalSeconds} s: "
                + string.Join(", ", waiting.Select(user => $"{user} after {load.Answers.Where(one => one.IsTurn && one.User == user && one.Began > from).Select(one => (one.Ended - from).TotalSeconds).DefaultIfEmpty(double.NaN).First():F1} s")));
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
