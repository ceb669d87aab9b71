using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Tenants;

namespace AgentRec.Grains.Items;

/// <inheritdoc cref="ICatalogueGrain"/>
[GrainType("catalogue")]
internal sealed class CatalogueGrain(ICatalogueStore store, TenantServing tenant) : Grain, ICatalogueGrain
{
    public async Task<CatalogueChange> Put(ImmutableArray<Item> items)
    {
        var change = await store.PutAsync(tenant.Name, items, CancellationToken.None);
        await tenant.News.CatchUpAsync(CancellationToken.None);
        return change;
    }
}
