using AgentRec.Grains.Abstractions.Storage;
using Npgsql;

namespace AgentRec.Storage.PostgreSql;

/// <summary>
/// Brings a database to this build's schema: numbered scripts, each run once, in order, all in one transaction. Several silos may
/// start at once: the first does the work, the others wait for it.
/// </summary>
internal static class PostgreSqlMigrations
{
    /// <summary>Runs the scripts that the database has not seen.</summary>
    /// <param name="database">The database.</param>
    /// <param name="clock">Gives the recorded moment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreVersionException">The database was written by a newer build.</exception>
    /// <exception cref="StoreUnavailableException">The database would lose what it acknowledged, or cannot keep all text.</exception>
    public static async Task ApplyAsync(PostgreSqlDatabase database, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var connection = await database.Alone.OpenConnectionAsync(cancellationToken);
        await RequireAsync(connection, database.Name, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var waiting = connection.Command("SELECT pg_advisory_xact_lock($1)", AdvisoryLock.Migration))
        {
            waiting.CommandTimeout = 0;
            await waiting.ExecuteNonQueryAsync(cancellationToken);
        }
        await RunAsync(connection, "CREATE TABLE IF NOT EXISTS schema_versions (version integer PRIMARY KEY, name text NOT NULL, applied_at bigint NOT NULL)", cancellationToken);
        await using var newest = connection.Command("SELECT coalesce(max(version), 0) FROM schema_versions");
        var reached = (int)await newest.NumberAsync(cancellationToken);
        var known = Scripts.Read("postgresql");
        if (reached > known[^1].Version)
            throw new StoreVersionException(database.Name, reached, known[^1].Version);
        foreach (var (version, name, sql) in known)
        {
            if (version <= reached)
                continue;
            await RunAsync(connection, sql, cancellationToken);
            await using var record = connection.Command(
                "INSERT INTO schema_versions (version, name, applied_at) VALUES ($1, $2, $3)", version, name, clock.GetUtcNow().ToUnixTimeMilliseconds());
            await record.ExecuteNonQueryAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task RequireAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var command = connection.Command("SELECT current_setting('server_encoding'), current_setting('fsync'), current_setting('synchronous_commit')");
        var (encoding, fsync, commit) = (await command.RowsAsync(row => (row.GetString(0), row.GetString(1), row.GetString(2)), cancellationToken))[0];
        if (encoding is not "UTF8")
            throw new StoreUnavailableException($"The {name} has the encoding {encoding}: create it with ENCODING 'UTF8'.", null);
        if (fsync is "off" || commit is "off")
            throw new StoreUnavailableException($"The {name} has fsync {fsync} and synchronous_commit {commit}, and would lose what it acknowledged: set both to on.", null);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
