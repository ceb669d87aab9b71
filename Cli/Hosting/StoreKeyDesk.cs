using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Access;
using AgentRec.Storage;

namespace AgentRec.Cli.Hosting;

/// <summary>The access keys of a store.</summary>
/// <param name="store">The store, which is closed with the desk.</param>
internal sealed class StoreKeyDesk(Store store) : IKeyDesk
{
    public async Task<string> CreateAsync(WantedKey wanted, CancellationToken cancellationToken)
    {
        var secret = AccessSecret.Create();
        var now = TimeProvider.System.GetUtcNow();
        var key = new AccessKey(
            secret.Id, wanted.Name, wanted.Tenant ?? Identifier.DefaultTenant, wanted.Scopes, now, wanted.ExpiresInDays is { } days ? now.AddDays(days) : null, null);
        await store.AccessKeys.AddAsync(new StoredAccessKey(key, secret.Digest), cancellationToken);
        return secret.Reveal();
    }

    public Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken) => store.AccessKeys.ListAsync(cancellationToken).AsTask();

    public async Task RevokeAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.AccessKeys.RevokeAsync(id, TimeProvider.System.GetUtcNow(), cancellationToken) is null)
            throw new CommandFailure($"There is no access key '{id}': 'agentrec keys list' shows those there are.");
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
