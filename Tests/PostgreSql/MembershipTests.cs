using System.Net;
using AgentRec.Silo.Clustering;
using AgentRec.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Messaging;

namespace AgentRec.Tests.PostgreSql;

/// <summary>Membership and reminders by way of Orleans' own providers, on the store's statements.</summary>
public sealed class MembershipTests : IAsyncLifetime
{
    private static readonly DateTime Start = new(2025, 6, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly PostgreSqlStores _stores = new();
    private Store? _store;
    private IHost? _host;

    private IMembershipTable Table => _host!.Services.GetRequiredService<IMembershipTable>();

    public async Task InitializeAsync()
    {
        if (MissingPostgreSql.Reason is not null)
            return;
        _store = await _stores.OpenAsync();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo => silo.UseStoreMembership(_store.Invariant, _store.Membership!, 11_111, 30_000, "agentrec", new MembershipOptions()));
        _host = builder.Build();
        await Table.InitializeMembershipTableAsync(tryInitTableVersion: true);
    }

    public async Task DisposeAsync()
    {
        _host?.Dispose();
        if (_store is not null)
            await _store.DisposeAsync();
        _stores.Dispose();
    }

    [PostgreSqlFact]
    public async Task Members_Inserted_CountTheVersionUpOrAreRefused()
    {
        await Table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        var empty = await Table.ReadAllAsync();
        Assert.Equal((0, 0), (empty.Members.Count, empty.Version.Version));
        Assert.True(await Table.InsertRowAsync(Entry(1), empty.Version.Next()));
        Assert.False(await Table.InsertRowAsync(Entry(2), empty.Version.Next()), "a second insert on the same version");
        var one = await Table.ReadAllAsync();
        Assert.False(await Table.InsertRowAsync(Entry(1), one.Version.Next()), "the same member again");
        Assert.Equal(1, (await Table.ReadAllAsync()).Version.Version);
        Assert.Empty((await Table.ReadRowAsync(Entry(9).SiloAddress)).Members);
        Assert.Equal(1, (await Table.ReadRowAsync(Entry(9).SiloAddress)).Version.Version);
    }

    [PostgreSqlFact]
    public async Task Members_ChangedAtOnce_OneOfEachRoundWins()
    {
        for (var round = 0; round < 3; round++)
        {
            var version = (await Table.ReadAllAsync()).Version.Next();
            var inserted = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => Table.InsertRowAsync(Entry(10 * round + i), version))));
            Assert.Single(inserted, done => done);
        }
        var members = await Table.ReadAllAsync();
        Assert.Equal((3, 3), (members.Members.Count, members.Version.Version));
        var (entry, etag) = members.Members[0];
        entry.Status = SiloStatus.Dead;
        entry.SuspectTimes = [.. Enumerable.Range(0, 150).Select(i => Tuple.Create(Entry(i).SiloAddress, Start.AddSeconds(i)))];
        var updated = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Table.UpdateRowAsync(entry, etag, members.Version.Next()))));
        Assert.Single(updated, done => done);
        var read = await Table.ReadRowAsync(entry.SiloAddress);
        Assert.Equal((SiloStatus.Dead, 150, 4), (read.Members[0].Item1.Status, read.Members[0].Item1.SuspectTimes!.Count, read.Version.Version));
    }

    [PostgreSqlFact]
    public async Task Alive_IsSaidWithoutANewVersion_AndTheDeadAreCleanedUp()
    {
        var (active, dead) = (Entry(1), Entry(2, SiloStatus.Dead));
        Assert.True(await Table.InsertRowAsync(active, (await Table.ReadAllAsync()).Version.Next()));
        Assert.True(await Table.InsertRowAsync(dead, (await Table.ReadAllAsync()).Version.Next()));
        active.IAmAliveTime = Start.AddMinutes(5);
        await Table.UpdateIAmAliveAsync(active);
        var read = await Table.ReadRowAsync(active.SiloAddress);
        Assert.Equal((Start.AddMinutes(5), 2), (read.Members[0].Item1.IAmAliveTime, read.Version.Version));

        await Table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(Start.AddHours(1)));
        Assert.Equal(active.SiloAddress, Assert.Single((await Table.ReadAllAsync()).Members).Item1.SiloAddress);
        await Table.DeleteMembershipTableEntriesAsync("agentrec");
        await Table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        Assert.Empty((await Table.ReadAllAsync()).Members);
    }

    [PostgreSqlFact]
    public async Task Gateways_AreTheActiveSilosWithAProxyPort()
    {
        await InsertAsync(Entry(1), Entry(2, SiloStatus.Dead), Entry(3, SiloStatus.Active, proxyPort: 0), Entry(4));
        await AssertGatewaysAsync(30_001, 30_004);
    }

    [PostgreSqlFact]
    public async Task Gateways_LeaveOutASiloThatIsSilent_UnlessAllAre()
    {
        await InsertAsync(Entry(1), Entry(2), Entry(3));
        foreach (var number in new[] { 1, 2, 3 })
            await Table.UpdateIAmAliveAsync(Entry(number));
        await AssertGatewaysAsync(30_001, 30_002, 30_003);

        // Longer than two and a half seconds, shorter than two and a half periods of the third's.
        await RunAsync("UPDATE membership SET heard_at = now() - interval '3 s' WHERE generation > 1");
        await RunAsync("UPDATE membership SET heard_every = interval '2 s' WHERE generation = 3");
        await AssertGatewaysAsync(30_001, 30_003);

        await RunAsync("UPDATE membership SET heard_at = now() - interval '1 h'");
        await AssertGatewaysAsync(30_001, 30_002, 30_003);

        // A vote against a silo is no sign of its life; what it notes itself is.
        var (suspect, etag) = (await Table.ReadRowAsync(Entry(2).SiloAddress)).Members[0];
        Assert.True(await Table.UpdateRowAsync(suspect, etag, (await Table.ReadAllAsync()).Version.Next()));
        await Table.UpdateIAmAliveAsync(Entry(1));
        await AssertGatewaysAsync(30_001);
    }

    [PostgreSqlFact]
    public async Task Reminders_AreKeptByVersionAndFoundByRange()
    {
        var table = _host!.Services.GetRequiredService<IReminderTable>();
        await table.StartAsync();
        var grains = Enumerable.Range(0, 20).Select(i => GrainId.Create("user", $"u{i}")).ToArray();
        foreach (var grain in grains)
            await table.UpsertRow(Reminder(grain, "nightly"));
        var first = (await table.ReadRow(grains[0], "nightly"))!.ETag;
        var second = await table.UpsertRow(Reminder(grains[0], "nightly"));
        Assert.NotEqual(first, second);
        Assert.Equal((Start, TimeSpan.FromHours(24)), ((await table.ReadRow(grains[0], "nightly"))!.StartAt, (await table.ReadRow(grains[0], "nightly"))!.Period));

        // Ranges go around a ring of unsigned hashes: a middle that does not wrap, and the rest that does.
        const uint low = 0x4000_0000, high = 0xC000_0000;
        var middle = (await table.ReadRows(low, high)).Reminders.Select(one => one.GrainId).ToHashSet();
        var rest = (await table.ReadRows(high, low)).Reminders.Select(one => one.GrainId).ToHashSet();
        Assert.Equal([.. grains.Where(grain => grain.GetUniformHashCode() is > low and <= high)], middle);
        Assert.Equal([.. grains.Except(middle)], rest);
        Assert.Equal(20, (await table.ReadRows(0, 0)).Reminders.Count);

        Assert.False(await table.RemoveRow(grains[0], "nightly", first!));
        Assert.True(await table.RemoveRow(grains[0], "nightly", second!));
        Assert.Null(await table.ReadRow(grains[0], "nightly"));
        Assert.Empty((await table.ReadRows(grains[0])).Reminders);
        Assert.Single((await table.ReadRows(grains[1])).Reminders);
    }

    private async Task InsertAsync(params MembershipEntry[] entries)
    {
        foreach (var entry in entries)
            Assert.True(await Table.InsertRowAsync(entry, (await Table.ReadAllAsync()).Version.Next()));
    }

    private async Task RunAsync(string sql)
    {
        await using var command = _store!.Membership!.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task AssertGatewaysAsync(params int[] ports)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = ("agentrec", "agentrec"));
            client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.DataSource) = (_store!.Invariant, _store.Membership));
        });
        using var client = builder.Build();
        var provider = client.Services.GetRequiredService<IGatewayListProvider>();
        await provider.InitializeGatewayListProvider();
        Assert.Equal(ports, (await provider.GetGateways()).Select(uri => uri.Port).Order());
    }

    private static MembershipEntry Entry(int number, SiloStatus status = SiloStatus.Active, int? proxyPort = null) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, 11_000 + number, number),
        HostName = "host", SiloName = $"silo{number}", Status = status, ProxyPort = proxyPort ?? 30_000 + number,
        StartTime = Start, IAmAliveTime = Start, SuspectTimes = [],
    };

    private static ReminderEntry Reminder(GrainId grain, string name) =>
        new() { GrainId = grain, ReminderName = name, StartAt = Start, Period = TimeSpan.FromHours(24) };
}
