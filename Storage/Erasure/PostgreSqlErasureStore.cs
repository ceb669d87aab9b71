using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.PostgreSql;
using Npgsql;

namespace AgentRec.Storage.Erasure;

/// <summary>Erasure in PostgreSQL.</summary>
/// <param name="database">The database.</param>
internal sealed class PostgreSqlErasureStore(PostgreSqlDatabase database) : IErasureStore
{
    private const string LastSequence = "SELECT coalesce(max(sequence), 0) FROM events WHERE tenant = $1 AND user_id = $2";

    private const string RemoveEvents =
        """
        WITH gone AS (DELETE FROM events WHERE tenant = $1 AND user_id = $2 RETURNING kind)
        SELECT count(*), count(*) FILTER (WHERE kind = 'interaction'), count(*) FILTER (WHERE kind = 'turn') FROM gone
        """;

    private const string Bury =
        """
        INSERT INTO tombstones AS t (tenant, digest, number, erased_at, user_id, pending)
        SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5 FROM tombstones WHERE tenant = $1
        ON CONFLICT (tenant, digest) DO UPDATE SET number = excluded.number, erased_at = greatest(t.erased_at, excluded.erased_at),
            user_id = excluded.user_id, pending = coalesce(excluded.pending, t.pending)
        """;

    private volatile Tombstones? _tombstones;

    /// <inheritdoc/>
    public async ValueTask<DateTimeOffset?> ErasedAtAsync(string tenant, string userId, CancellationToken cancellationToken) =>
        await FindAsync("SELECT erased_at FROM tombstones WHERE tenant = $1 AND digest = $2", tenant, userId, cancellationToken) is long at
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null;

    /// <inheritdoc/>
    public async ValueTask<RemovedRows?> RemoveAsync(
        string tenant, string userId, UserFootprint footprint, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var digest = (await KeyAsync(cancellationToken)).Digest(tenant, userId);
        var pending = footprint.Sequence == 0 ? null : PendingErasure.Pack(footprint);
        // Erasures come one after the other, so that who reads a number knows of all that are less.
        return await database.WriteAsync(
            AdvisoryLock.Key("erasure", tenant),
            async (connection, token) =>
            {
                await using (var last = connection.Command(LastSequence, tenant, userId))
                {
                    if (await last.NumberAsync(token) != footprint.Sequence)
                        return null;
                }
                await using var events = connection.Command(RemoveEvents, tenant, userId);
                var (all, interactions, turns) = (await events.RowsAsync(row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), token))[0];
                var ids = footprint.Certificates.ToArray();
                var showings = await DeleteAsync(connection, "DELETE FROM exposures WHERE tenant = $1 AND user_id = $2", token, tenant, userId);
                var windows = await DeleteAsync(connection, "DELETE FROM windows WHERE tenant = $1 AND certificate_id = ANY ($2)", token, tenant, ids);
                var certificates = await DeleteAsync(
                    connection, "DELETE FROM certificates WHERE tenant = $1 AND certificate_id = ANY ($2) AND user_id = $3", token, tenant, ids, userId);
                await using var bury = connection.Command(Bury, tenant, digest, at.ToUnixTimeMilliseconds(), userId, pending);
                bury.Parameters[4].NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea;
                await bury.ExecuteNonQueryAsync(token);
                return new RemovedRows(all, interactions, turns, showings, certificates, windows);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<UserFootprint?> FindPendingAsync(string tenant, string userId, CancellationToken cancellationToken) =>
        await FindAsync("SELECT pending FROM tombstones WHERE tenant = $1 AND digest = $2", tenant, userId, cancellationToken) is byte[] packed
            ? PendingErasure.Unpack(packed)
            : null;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ListPendingAsync(string tenant, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command("SELECT user_id FROM tombstones WHERE tenant = $1 AND user_id IS NOT NULL ORDER BY user_id", tenant);
                return await command.RowsAsync(row => row.GetString(0), token);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(string tenant, string userId, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            AdvisoryLock.Key("erasure", tenant),
            (connection, token) => DeleteAsync(
                connection, "UPDATE tombstones SET user_id = NULL, pending = NULL WHERE tenant = $1 AND user_id = $2", token, tenant, userId),
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<long> LastAsync(string tenant, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command("SELECT coalesce(max(number), 0) FROM tombstones WHERE tenant = $1", tenant);
                return await command.NumberAsync(token);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ErasedAmongAsync(
        string tenant, long after, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken)
    {
        if (userIds.Count == 0)
            return [];
        var erased = await database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command("SELECT digest FROM tombstones WHERE tenant = $1 AND number > $2", tenant, after);
                return await command.RowsAsync(row => Convert.ToBase64String((byte[])row.GetValue(0)), token);
            },
            cancellationToken);
        if (erased.Count == 0)
            return [];
        var (key, digests) = (await KeyAsync(cancellationToken), erased.ToHashSet(StringComparer.Ordinal));
        return [.. userIds.Where(user => digests.Contains(Convert.ToBase64String(key.Digest(tenant, user))))];
    }

    /// <summary>Reads the erased users, inside a transaction.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<ErasedUsers> ReadAsync(NpgsqlConnection connection, string tenant, CancellationToken cancellationToken)
    {
        await using var key = connection.Command("SELECT key FROM tombstone_key");
        if (await key.ScalarAsync(cancellationToken) is not byte[] bytes)
            return ErasedUsers.None;
        await using var command = connection.Command("SELECT digest, erased_at FROM tombstones WHERE tenant = $1", tenant);
        var rows = await command.RowsAsync(row => (Digest: Convert.ToBase64String((byte[])row.GetValue(0)), At: row.GetInt64(1)), cancellationToken);
        return new ErasedUsers(new Tombstones(bytes), tenant, rows.ToDictionary(row => row.Digest, row => row.At, StringComparer.Ordinal));
    }

    private static async Task<int> DeleteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellationToken, params object?[] values)
    {
        await using var command = connection.Command(statement, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<object?> FindAsync(string query, string tenant, string userId, CancellationToken cancellationToken)
    {
        var digest = (await KeyAsync(cancellationToken)).Digest(tenant, userId);
        return await database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command(query, tenant, digest);
                return await command.ScalarAsync(token);
            },
            cancellationToken);
    }

    /// <summary>The database's key; the first who asks makes it.</summary>
    private async ValueTask<Tombstones> KeyAsync(CancellationToken cancellationToken) =>
        _tombstones ??= new Tombstones(await database.WriteAsync(
            AdvisoryLock.Key("erasure", ""),
            async (connection, token) =>
            {
                await DeleteAsync(connection, "INSERT INTO tombstone_key (one, key) VALUES (1, $1) ON CONFLICT DO NOTHING", token, Tombstones.NewKey());
                await using var key = connection.Command("SELECT key FROM tombstone_key");
                return (byte[])(await key.ScalarAsync(token))!;
            },
            cancellationToken));
}
