using System.Collections.Immutable;
using Npgsql;

namespace AgentRec.Benchmarks.Cluster;

/// <summary>What a database has counted since it was made.</summary>
/// <param name="Commits">Transactions committed.</param>
/// <param name="LogBytes">Bytes of write-ahead log of the whole server.</param>
/// <param name="Flushes">How often the server forced its log to disk.</param>
/// <param name="Rows">Rows inserted, updated and deleted, by table.</param>
/// <param name="Bytes">Bytes on disk with indices and what is kept out of line, by table.</param>
internal sealed record DatabaseCounters(
    long Commits, double LogBytes, long Flushes, ImmutableSortedDictionary<string, long> Rows, ImmutableSortedDictionary<string, long> Bytes)
{
    /// <summary>How long a connection may keep its counts to itself after its last statement.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(12);

    /// <summary>Reads.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<DatabaseCounters> ReadAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync(cancellationToken);
        var (commits, log, flushes) = await OneAsync(
            connection,
            """
            SELECT xact_commit, wal_bytes::float8, wal_sync
            FROM pg_stat_database, pg_stat_wal WHERE datname = current_database()
            """,
            cancellationToken);
        var rows = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        var bytes = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand(
            """
            SELECT relname, n_tup_ins + n_tup_upd + n_tup_del, pg_total_relation_size(relid)
            FROM pg_stat_user_tables
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            (rows[reader.GetString(0)], bytes[reader.GetString(0)]) = (reader.GetInt64(1), reader.GetInt64(2));
        return new DatabaseCounters(commits, log, flushes, rows.ToImmutable(), bytes.ToImmutable());
    }

    private static async Task<(long, double, long)> OneAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetDouble(1), reader.GetInt64(2));
    }
}
