using System.Collections.Immutable;

namespace AgentRec.Grains.Abstractions.Storage;

/// <summary>Which tenants there is something of in the store that silos have to take up.</summary>
public interface IStoredTenants
{
    /// <summary>Reads the tenants that have items, an active model or an erasure that is not complete, by name. It costs a few looks into indexes for each.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    ValueTask<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken);
}
