using AgentRec.Grains.Abstractions.Access;

namespace AgentRec.Grains.Abstractions.Storage;

/// <summary>The access keys of all tenants. None is ever deleted: a log may name it.</summary>
public interface IAccessKeyStore
{
    /// <summary>Stores a key, durably. A key with the same id stays as it is.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask AddAsync(StoredAccessKey key, CancellationToken cancellationToken);

    /// <summary>Finds a key, whether it is valid or not.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Null when there is none.</returns>
    ValueTask<StoredAccessKey?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Reads all keys, the oldest first.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    ValueTask<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Revokes a key, durably. A revoked key keeps the moment at which it was revoked first.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="at">The moment.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The key; null when there is none.</returns>
    ValueTask<AccessKey?> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Says whether there is any key, valid or not.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    ValueTask<bool> AnyAsync(CancellationToken cancellationToken);
}
