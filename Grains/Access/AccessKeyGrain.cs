using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Access;
using AgentRec.Grains.Abstractions.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;

namespace AgentRec.Grains.Access;

/// <inheritdoc cref="IAccessKeyGrain"/>
[GrainType("access-keys"), StatelessWorker, Reentrant]
internal sealed class AccessKeyGrain(IAccessKeyStore keys, [FromKeyedServices(DomainTime.Key)] TimeProvider time) : Grain, IAccessKeyGrain
{
    public Task<StoredAccessKey?> Find(string id) => keys.FindAsync(id, CancellationToken.None).AsTask();

    public Task Add(StoredAccessKey key) => keys.AddAsync(key, CancellationToken.None).AsTask();

    public async Task<ImmutableArray<AccessKey>> List(string? tenant) =>
        [.. (await keys.ListAsync(CancellationToken.None)).Where(key => tenant is null || string.Equals(key.Tenant, tenant, StringComparison.Ordinal))];

    public async Task<AccessKey?> Revoke(string id, string? tenant)
    {
        if (tenant is not null && !string.Equals((await Find(id))?.Key.Tenant, tenant, StringComparison.Ordinal))
            return null;
        return await keys.RevokeAsync(id, time.GetUtcNow(), CancellationToken.None);
    }

    public Task<bool> Exist() => keys.AnyAsync(CancellationToken.None).AsTask();
}
