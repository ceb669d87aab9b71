using AgentRec.Storage;

namespace AgentRec.Tests.Unit.Storage;

/// <summary>A folder for the compliance suites.</summary>
internal sealed class EmbeddedStores : IDisposable
{
    private readonly TempFolder _folder = new();

    public async Task<Store> OpenAsync() => await EmbeddedStore.OpenAsync(Path.Combine(_folder.Path, "store"), TimeProvider.System, default);

    public void Dispose() => _folder.Dispose();
}

public sealed class EmbeddedUserLogTests : UserLogCompliance, IDisposable
{
    private readonly EmbeddedStores _stores = new();

    public void Dispose() => _stores.Dispose();

    protected override Task<Store> OpenAsync() => _stores.OpenAsync();
}

public sealed class EmbeddedRecordStoreTests : RecordStoreCompliance, IDisposable
{
    private readonly EmbeddedStores _stores = new();

    public void Dispose() => _stores.Dispose();

    protected override Task<Store> OpenAsync() => _stores.OpenAsync();
}

public sealed class EmbeddedBulkLoadTests : BulkLoadCompliance, IDisposable
{
    private readonly EmbeddedStores _stores = new();

    public void Dispose() => _stores.Dispose();

    protected override Task<Store> OpenAsync() => _stores.OpenAsync();
}

public sealed class EmbeddedErasureTests : ErasureCompliance, IDisposable
{
    private readonly EmbeddedStores _stores = new();

    public void Dispose() => _stores.Dispose();

    protected override Task<Store> OpenAsync() => _stores.OpenAsync();
}

public sealed class EmbeddedSnapshotTests : SnapshotCompliance, IDisposable
{
    private readonly EmbeddedStores _stores = new();

    public void Dispose() => _stores.Dispose();

    protected override Task<Store> OpenAsync() => _stores.OpenAsync();
}
