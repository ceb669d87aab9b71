using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.PostgreSql;

namespace AgentRec.Storage.Records;

/// <summary>The tenants in PostgreSQL.</summary>
/// <param name="database">The database.</param>
internal sealed class PostgreSqlStoredTenants(PostgreSqlDatabase database) : IStoredTenants
{
    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken) => await database.ReadAsync(
        async (connection, token) =>
        {
            await using var command = connection.Command(StoredTenants.Query);
            return (await command.RowsAsync(static row => row.GetString(0), token)).ToImmutableArray();
        },
        cancellationToken);
}
