using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;

namespace AgentRec.Grains.Abstractions.Items;

/// <summary>The catalogue's only online writer. Nothing on the path of a turn passes through it. Key: <see cref="Keys.GrainKey.Tenant"/>.</summary>
[Alias("agentrec.ICatalogueGrain")]
public interface ICatalogueGrain : IGrainWithStringKey
{
    /// <summary>Adds and replaces items, durably; when this has answered, new turns on its silo see them, and on others within a moment.</summary>
    /// <param name="items">The items; of several with one id the last counts.</param>
    [Alias("Put"), AnyRoute, ResponseTimeout("00:02:00")]
    Task<CatalogueChange> Put(ImmutableArray<Item> items);
}
