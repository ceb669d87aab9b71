using AgentRec.Storage;
using AgentRec.Tests.Unit;
using AgentRec.Tests.Unit.Storage;

namespace AgentRec.Tests.PostgreSql;

/// <summary>A database of a test's own, for the compliance suites.</summary>
internal sealed class PostgreSqlStores : IDisposable
{
    private readonly TempFolder _models = new();
    private string? _connectionString;

    public async Task<Store> OpenAsync() => await OpenAsync("models");

    /// <summary>Opens it as another machine does, which has models of its own.</summary>
    public async Task<Store?> OpenOtherAsync() => await OpenAsync("other");

    private async Task<Store> OpenAsync(string models)
    {
        _connectionString ??= await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync();
        return await PostgreSqlStore.OpenAsync(PostgreSqlServer.Options(_connectionString, Path.Combine(_models.Path, models)), TimeProvider.System, default);
    }

    public void Dispose() => _models.Dispose();
}

[RequiresPostgreSql]
public sealed class PostgreSqlUserLogTests : UserLogCompliance, IDisposable
{
    private readonly PostgreSqlStores _stores = new();

    public void Dispose() => _stores.Dispose();

    protected override Task<Store> OpenAsync() => _stores.OpenAsync();

    protected override Task<Store?> OpenOtherAsync() => _stores.OpenOtherAsync();
}

[RequiresPostgreSql]
public sealed class PostgreSqlRecordStoreTests : RecordStoreCompliance, IDisposable
{
    private readonly PostgreSqlStores _stores = new();

    public void Dispose() => _stores.Dispose();

    protected override Task<Store> OpenAsync() => _stores.OpenAsync();

    protected override Task<Store?> OpenOtherAsync() => _stores.OpenOtherAsync();
}

/// <summary>A load has the store alone, so there is no other opener.</summary>
[RequiresPostgreSql]
public sealed class PostgreSqlBulkLoadTests : BulkLoadCompliance, IDisposable
{
    private readonly PostgreSqlStores _stores = new();

    public void Dispose() => _stores.Dispose();

    protected override Task<Store> OpenAsync() => _stores.OpenAsync();
}

/// <summary>Some of it loads, so there is no other opener.</summary>
[RequiresPostgreSql]
public sealed class PostgreSqlErasureTests : ErasureCompliance, IDisposable
{
    private readonly PostgreSqlStores _stores = new();

    public void Dispose() => _stores.Dispose();

    protected override Task<Store> OpenAsync() => _stores.OpenAsync();
}

[RequiresPostgreSql]
public sealed class PostgreSqlSnapshotTests : SnapshotCompliance, IDisposable
{
    private readonly PostgreSqlStores _stores = new();

    public void Dispose() => _stores.Dispose();

    protected override Task<Store> OpenAsync() => _stores.OpenAsync();

    protected override Task<Store?> OpenOtherAsync() => _stores.OpenOtherAsync();
}
