using AgentRec.Grains.Abstractions.Access;

namespace AgentRec.Cli.Hosting;

/// <summary>Where a command finds access keys: a store, or a node that runs.</summary>
internal interface IKeyDesk : IAsyncDisposable
{
    /// <summary>Makes a key.</summary>
    /// <param name="wanted">What it is to be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What its holder sends: a secret.</returns>
    Task<string> CreateAsync(WantedKey wanted, CancellationToken cancellationToken);

    /// <summary>Reads all keys, the oldest first.</summary>
    Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Revokes a key.</summary>
    /// <exception cref="CommandFailure">There is none.</exception>
    Task RevokeAsync(string id, CancellationToken cancellationToken);
}

/// <summary>A key that is to be made.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What its holder may do.</param>
/// <param name="Tenant">The tenant that its calls belong to; null: the default one, or the one whose key asks for it.</param>
/// <param name="ExpiresInDays">After how many days it is not taken any more; null: never.</param>
internal sealed record WantedKey(string Name, AccessScopes Scopes, string? Tenant, int? ExpiresInDays);
