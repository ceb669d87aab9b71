using AgentRec.Grains.Abstractions.Access;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.PostgreSql;
using Npgsql;

namespace AgentRec.Storage.Records;

/// <summary>Access keys in PostgreSQL.</summary>
/// <param name="database">The database.</param>
internal sealed class PostgreSqlAccessKeyStore(PostgreSqlDatabase database) : IAccessKeyStore
{
    private const string Insert =
        $"INSERT INTO access_keys ({AccessKeyRows.Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, NULL) ON CONFLICT (id) DO NOTHING";

    private const string One = $"SELECT {AccessKeyRows.Columns} FROM access_keys WHERE id = $1";

    private const string All = $"SELECT {AccessKeyRows.Columns} FROM access_keys ORDER BY created_at, id";

    private const string Revoke = $"UPDATE access_keys SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1 RETURNING {AccessKeyRows.Columns}";

    private static readonly long Lock = AdvisoryLock.Key("access keys", "");

    /// <inheritdoc/>
    public async ValueTask AddAsync(StoredAccessKey key, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            Lock,
            async (connection, token) =>
            {
                await using var command = connection.Command(
                    Insert, key.Key.Id, key.Key.Name, key.Key.Tenant, AccessKeyRows.Scopes(key.Key.Scopes), key.Digest.ToArray(), key.Key.CreatedAt.ToUnixTimeMilliseconds());
                // Its type must be said: a null has none.
                command.Parameters.Add(new NpgsqlParameter<long?> { TypedValue = key.Key.ExpiresAt?.ToUnixTimeMilliseconds() });
                return await command.ExecuteNonQueryAsync(token);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<StoredAccessKey?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await ReadAsync(One, [id], cancellationToken)).FirstOrDefault();

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await ReadAsync(All, [], cancellationToken)).Select(stored => stored.Key)];

    /// <inheritdoc/>
    public async ValueTask<AccessKey?> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            Lock,
            async (connection, token) =>
            {
                await using var command = connection.Command(Revoke, id, at.ToUnixTimeMilliseconds());
                return (await command.RowsAsync(AccessKeyRows.Read, token)).FirstOrDefault()?.Key;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> AnyAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command("SELECT 1 FROM access_keys LIMIT 1");
                return await command.ScalarAsync(token) is not null;
            },
            cancellationToken);

    private Task<List<StoredAccessKey>> ReadAsync(string sql, object?[] values, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command(sql, values);
                return await command.RowsAsync(AccessKeyRows.Read, token);
            },
            cancellationToken);
}
