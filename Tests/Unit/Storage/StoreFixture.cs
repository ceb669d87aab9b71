using AgentRec.Storage;

namespace AgentRec.Tests.Unit.Storage;

/// <summary>Opens a store for each test and closes it afterwards.</summary>
public abstract class StoreFixture : IAsyncLifetime
{
    protected Store Store { get; private set; } = null!;

    /// <summary>The same store as another process has it open; one and the same where only one process may.</summary>
    protected Store Other { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Store = await OpenAsync();
        Other = await OpenOtherAsync() ?? Store;
    }

    public virtual async Task DisposeAsync() => await CloseAsync();

    /// <summary>Opens the store, the same one again after it was closed.</summary>
    protected abstract Task<Store> OpenAsync();

    /// <summary>Opens the store beside itself; null where that cannot be.</summary>
    protected virtual Task<Store?> OpenOtherAsync() => Task.FromResult<Store?>(null);

    /// <summary>Closes the store and opens it again: what was acknowledged must be there.</summary>
    protected async Task ReopenAsync()
    {
        await CloseAsync();
        await InitializeAsync();
    }

    private async Task CloseAsync()
    {
        if (!ReferenceEquals(Other, Store))
            await Other.DisposeAsync();
        await Store.DisposeAsync();
    }
}
