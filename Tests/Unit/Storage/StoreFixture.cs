namespace AgentRec.Tests.Unit.Storage;

/// <summary>Opens a store for each test and closes it afterwards.</summary>
public abstract class StoreFixture : IAsyncLifetime
{
    protected StorePorts Ports { get; private set; } = null!;

    public async Task InitializeAsync() => Ports = await OpenAsync();

    public Task DisposeAsync() => CloseAsync();

    /// <summary>Opens the store, the same one again after it was closed.</summary>
    protected abstract Task<StorePorts> OpenAsync();

    protected abstract Task CloseAsync();

    /// <summary>Closes the store and opens it again: what was acknowledged must be there.</summary>
    protected async Task ReopenAsync()
    {
        await CloseAsync();
        Ports = await OpenAsync();
    }
}
