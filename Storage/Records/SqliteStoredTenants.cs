using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Sqlite;

namespace AgentRec.Storage.Records;

/// <summary>The tenants of the embedded store.</summary>
/// <param name="readers">Connections for reading.</param>
internal sealed class SqliteStoredTenants(ReaderPool readers) : IStoredTenants
{
    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken) => await readers.ReadAsync(
        session =>
        {
            var tenants = ImmutableArray.CreateBuilder<string>();
            using var rows = session.Query(StoredTenants.Query);
            while (rows.Read())
                tenants.Add(rows.GetString(0));
            return tenants.ToImmutable();
        },
        cancellationToken);
}
