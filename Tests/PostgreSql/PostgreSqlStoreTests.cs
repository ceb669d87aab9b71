using System.ComponentModel.DataAnnotations;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage;
using AgentRec.Storage.Bulk;
using AgentRec.Tests.Unit;
using Npgsql;
using static AgentRec.Tests.Unit.Storage.Samples;

namespace AgentRec.Tests.PostgreSql;

/// <summary>What only the store on PostgreSQL has to do.</summary>
public sealed class PostgreSqlStoreTests : IDisposable
{
    private const string Tenant = "default";

    private readonly TempFolder _models = new();
    private string? _database;

    public void Dispose() => _models.Dispose();

    [PostgreSqlFact]
    public async Task Open_ManyAtOnceOnAnEmptyDatabase_AllFindTheSchemaOnce()
    {
        await DatabaseAsync();
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => OpenAsync()));
        Assert.Equal((long)Directory.GetFiles(Path.Combine(Repository.Root, "infra", "sql", "postgresql"), "*.sql").Length, await ScalarAsync("SELECT count(*) FROM schema_versions"));
        for (var i = 0; i < stores.Length; i++)
            Assert.Equal(AppendOutcome.Appended, await stores[i].Log.AppendAsync(Tenant, "u", [Rated(i + 1, "u", $"m{i}")], null, default));
        foreach (var store in stores)
            await store.DisposeAsync();
    }

    [PostgreSqlFact]
    public async Task Open_NewerSchema_IsRefused()
    {
        await (await OpenAsync()).DisposeAsync();
        await ScalarAsync("INSERT INTO schema_versions (version, name, applied_at) VALUES (9999, 'future', 0)");
        Assert.Equal(9999, (await Assert.ThrowsAsync<StoreVersionException>(OpenAsync)).Found);
    }

    [PostgreSqlFact]
    public async Task Open_WithoutDurability_IsRefused()
    {
        await DatabaseAsync();
        var careless = $"{_database};Options=-c synchronous_commit=off";
        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => PostgreSqlStore.OpenAsync(PostgreSqlServer.Options(careless, _models.Path), TimeProvider.System, default));
        Assert.Contains("synchronous_commit off", refusal.Message, StringComparison.Ordinal);
    }

    [PostgreSqlFact]
    public async Task Load_WhileAnotherHasItOpen_IsRefused_AndKeepsOthersOutMeanwhile()
    {
        await using var store = await OpenAsync();
        var nothing = new BulkLoadSource([], [], InventItems: true);
        await using (var other = await OpenAsync())
        {
            var refusal = await Assert.ThrowsAsync<StoreInUseException>(() => BulkLoad.RunAsync(store, Tenant, nothing, _ => { }, null, default));
            Assert.Contains(store.Name, refusal.Message, StringComparison.Ordinal);
        }
        var refused = false;
        IEnumerable<Sourced<Interaction>> Rows()
        {
            refused = Task.Run(OpenAsync).ContinueWith(opening => opening.Exception?.InnerException is StoreInUseException, TaskScheduler.Default).GetAwaiter().GetResult();
            yield return new(Rating("u", "a", 4), "rows.csv", 1);
        }
        Assert.Equal(1, (await BulkLoad.RunAsync(store, Tenant, new BulkLoadSource([], Rows(), InventItems: true), _ => { }, null, default)).Accepted);
        Assert.True(refused, "another process opened the store while data was imported");
        await (await OpenAsync()).DisposeAsync();
    }

    [PostgreSqlFact]
    public async Task Append_ManyCallers_ShareCommits()
    {
        await using var store = await OpenAsync();
        var before = store.Lanes.Commits;
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => store.Log.AppendAsync(Tenant, $"u{i}", [Rated(1, $"u{i}", "a")], null, default).AsTask()));
        Assert.InRange(store.Lanes.Commits - before, 1, 250);
    }

    [PostgreSqlFact]
    public async Task Append_TextThatCannotBeKept_IsRefusedAndFailsNobodyElse()
    {
        await using var store = await OpenAsync();
        var good = Enumerable.Range(0, 20).Select(i => store.Log.AppendAsync(Tenant, $"u{i}", [Rated(1, $"u{i}", "a")], null, default).AsTask()).ToArray();
        foreach (var bad in new[] { "a\0b", "a\ud83c", "\udfacb" })
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await store.Log.AppendAsync(Tenant, bad, [Rated(1, bad, "a")], null, default));
            await Assert.ThrowsAsync<ArgumentException>(async () => await store.Log.AppendAsync(Tenant, "v", [Event(1, Opened(bad))], null, default));
        }
        Assert.All(await Task.WhenAll(good), outcome => Assert.Equal(AppendOutcome.Appended, outcome));
    }

    [PostgreSqlFact]
    public async Task Append_ConnectionLostUnderWay_IsAnUnknownOutcomeAndTheNextGoesOn()
    {
        await using var store = await OpenAsync();
        Assert.Equal(AppendOutcome.Appended, await store.Log.AppendAsync(Tenant, "u", [Rated(1, "u", "a")], null, default));
        Task<AppendOutcome> stuck;
        await using (var blocker = new NpgsqlConnection(_database))
        {
            await blocker.OpenAsync();
            await using var transaction = await blocker.BeginTransactionAsync();
            await using (var hold = new NpgsqlCommand("LOCK TABLE events IN ACCESS EXCLUSIVE MODE", blocker))
                await hold.ExecuteNonQueryAsync();
            stuck = store.Log.AppendAsync(Tenant, "u", [Rated(2, "u", "b")], null, default).AsTask();
            while (!await TerminateWaitingAsync())
                await Task.Yield();
            await transaction.RollbackAsync();
        }
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => stuck);
        Assert.Contains("may have been kept or not", failure.Message, StringComparison.Ordinal);
        Assert.Equal(AppendOutcome.Appended, await store.Log.AppendAsync(Tenant, "u", [Rated(2, "u", "c")], null, default));
    }

    [PostgreSqlFact]
    public async Task Dispose_WithAppendsUnderWay_WritesThemFirst()
    {
        var store = await OpenAsync();
        var appends = Enumerable.Range(0, 300).Select(i => store.Log.AppendAsync(Tenant, $"u{i}", [Rated(1, $"u{i}", "a")], null, default).AsTask()).ToList();
        await store.DisposeAsync();
        Assert.All(await Task.WhenAll(appends), outcome => Assert.Equal(AppendOutcome.Appended, outcome));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Log.AppendAsync(Tenant, "v", [Rated(1, "v", "a")], null, default));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Log.ReadAsync(Tenant, "v", 0, 1, default));
    }

    [PostgreSqlFact]
    public async Task Handles_AfterPutsAndLoads_AreDense()
    {
        await using var store = await OpenAsync();
        await store.Catalogue.PutAsync(Tenant, [Film with { ItemId = "a" }, Film with { ItemId = "b" }], default);
        var source = new BulkLoadSource([new(Film with { ItemId = "c" }, "f", 1), new(Film with { ItemId = "a" }, "f", 2)], [new(Rating("u", "d", 4), "f", 3)], InventItems: true);
        await BulkLoad.RunAsync(store, Tenant, source, _ => { }, null, default);
        await store.Catalogue.PutAsync(Tenant, [Film with { ItemId = "e" }], default);
        Assert.Equal("a0 b1 c2 d3 e4", await ScalarAsync("SELECT string_agg(item_id || handle, ' ' ORDER BY handle) FROM items"));
    }

    [PostgreSqlFact]
    public async Task Open_WhereItCannot_SaysWhyWithoutThePassword()
    {
        await DatabaseAsync();
        const string secret = "wrong=but;secret";
        var wrong = new NpgsqlConnectionStringBuilder(_database) { Password = secret };
        var nowhere = new NpgsqlConnectionStringBuilder(_database) { Host = "127.0.0.1", Port = 1, Password = secret };
        foreach (var connectionString in new[] { wrong.ToString(), nowhere.ToString(), $"Host=x;Password={secret}", "nonsense secret" })
        {
            var failure = await Assert.ThrowsAsync<StoreUnavailableException>(
                () => PostgreSqlStore.OpenAsync(PostgreSqlServer.Options(connectionString, _models.Path), TimeProvider.System, default));
            Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        }
        await using var store = await OpenAsync();
        Assert.DoesNotContain(PostgreSqlServer.Password, store.Snapshots.ConnectionString + store.Membership!.ConnectionString + store.Name, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgreSqlServer.Password, PostgreSqlServer.Options(_database!, "m").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(24, 2, "Host=x", null)]
    [InlineData(24, 2, " ", "Store:ConnectionString")]
    [InlineData(8, 2, "Host=x", "Store:MaximumConnections is 8: it must be at least 9 with 2 writer lanes.")]
    [InlineData(7, 1, "Host=x", "Store:MaximumConnections must be from 8 to 1000.")]
    [InlineData(24, 0, "Host=x", "Store:WriterLanes must be from 1 to 16.")]
    public void Options_WithAWrongValue_NameIt(int connections, int lanes, string connectionString, string? fault)
    {
        var options = new StoreOptions { Provider = StoreProvider.PostgreSql, ConnectionString = connectionString, MaximumConnections = connections, WriterLanes = lanes };
        var faults = new List<ValidationResult>();
        Assert.Equal(fault is null, Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true));
        if (fault is not null)
            Assert.Contains(fault, string.Join(' ', faults.Select(one => one.ErrorMessage)), StringComparison.Ordinal);
    }

    private async Task<string> DatabaseAsync() => _database ??= await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync();

    private async Task<PostgreSqlStore> OpenAsync() =>
        await PostgreSqlStore.OpenAsync(PostgreSqlServer.Options(await DatabaseAsync(), _models.Path), TimeProvider.System, default);

    private async Task<bool> TerminateWaitingAsync() => await ScalarAsync(
        "SELECT count(pg_terminate_backend(pid)) > 0 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") is true;

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await DatabaseAsync());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
