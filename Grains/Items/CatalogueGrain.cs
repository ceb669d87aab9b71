using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Serving;

namespace AgentRec.Grains.Items;

/// <inheritdoc cref="ICatalogueGrain"/>
[GrainType("catalogue")]
internal sealed class CatalogueGrain(ICatalogueStore store, ServingHost serving) : Grain, ICatalogueGrain
{
    public async Task<CatalogueChange> Put(ImmutableArray<Item> items)
    {
        // Store and snapshot give handles in the order of arrival: both must see each id once, in the same order.
        Item[] distinct = [.. items.Reverse().DistinctBy(item => item.ItemId, StringComparer.Ordinal).Reverse()];
        var change = await store.PutAsync(GrainKey.Parse(this.GetPrimaryKeyString()).Tenant, distinct, CancellationToken.None);
        if (change.Added + change.Changed > 0)
            await serving.ExtendAsync(distinct);
        return change;
    }
}
