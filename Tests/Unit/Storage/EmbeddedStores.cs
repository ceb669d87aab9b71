using AgentRec.Storage;

namespace AgentRec.Tests.Unit.Storage;

/// <summary>Embedded stores for the compliance suites.</summary>
internal sealed class EmbeddedStores : IDisposable
{
    private readonly TempFolder _folder = new();
    private EmbeddedStore? _store;

    public async Task<StorePorts> OpenAsync()
    {
        _store = await EmbeddedStore.OpenAsync(Path.Combine(_folder.Path, "store"), TimeProvider.System, default);
        return new StorePorts(_store.Log, _store.Catalogue, _store.Policies, _store.Certificates, _store.Artifacts);
    }

    public async Task CloseAsync() => await _store!.DisposeAsync();

    public void Dispose() => _folder.Dispose();
}

public sealed class EmbeddedUserLogTests : UserLogCompliance, IDisposable
{
    private readonly EmbeddedStores _stores = new();

    public void Dispose() => _stores.Dispose();

    protected override Task<StorePorts> OpenAsync() => _stores.OpenAsync();

    protected override Task CloseAsync() => _stores.CloseAsync();
}

public sealed class EmbeddedRecordStoreTests : RecordStoreCompliance, IDisposable
{
    private readonly EmbeddedStores _stores = new();

    public void Dispose() => _stores.Dispose();

    protected override Task<StorePorts> OpenAsync() => _stores.OpenAsync();

    protected override Task CloseAsync() => _stores.CloseAsync();
}
