using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Storage;

namespace AgentRec.Grains.Abstractions.Access;

/// <summary>
/// The access keys, for gateways, which know no store. Any silo answers from the store itself; callers keep answers for a while.
/// No secret passes through here. Key: <see cref="Keys.GrainKey.Tenant"/> of the default tenant.
/// </summary>
[Alias("agentrec.IAccessKeyGrain")]
public interface IAccessKeyGrain : IGrainWithStringKey
{
    /// <summary>Finds a key, whether it is valid or not.</summary>
    /// <param name="id">The key's id.</param>
    /// <returns>Null when there is none.</returns>
    [Alias("Find"), AnyRoute]
    Task<StoredAccessKey?> Find(string id);

    /// <summary>Stores a key. The same key again changes nothing.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="StoreUnavailableException">It may be stored or not.</exception>
    [Alias("Add"), AnyRoute]
    Task Add(StoredAccessKey key);

    /// <summary>Reads all keys, revoked and expired ones included, the oldest first.</summary>
    /// <param name="tenant">The tenant whose keys; null: of all tenants.</param>
    [Alias("List"), AnyRoute]
    Task<ImmutableArray<AccessKey>> List(string? tenant);

    /// <summary>Revokes a key. Again changes nothing.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="tenant">The tenant that it must belong to; null: any.</param>
    /// <returns>The key; null when there is none.</returns>
    [Alias("Revoke"), AnyRoute]
    Task<AccessKey?> Revoke(string id, string? tenant);

    /// <summary>Says whether any key was ever made: from then on callers need one.</summary>
    [Alias("Exist"), AnyRoute]
    Task<bool> Exist();
}
