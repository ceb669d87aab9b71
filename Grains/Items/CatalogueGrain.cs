using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Serving;

namespace AgentRec.Grains.Items;

/// <inheritdoc cref="ICatalogueGrain"/>
[GrainType("catalogue")]
internal sealed class CatalogueGrain(ICatalogueStore store, CatalogueNewsReader news) : Grain, ICatalogueGrain
{
    public async Task<CatalogueChange> Put(ImmutableArray<Item> items)
    {
        var change = await store.PutAsync(GrainKey.Parse(this.GetPrimaryKeyString()).Tenant, items, CancellationToken.None);
        await news.CatchUpAsync(CancellationToken.None);
        return change;
    }
}
