using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.PostgreSql;
using Npgsql;

namespace AgentRec.Storage.Catalogue;

/// <summary>Puts staged items into the catalogue: rows of a temporary table that lives as long as the transaction.</summary>
internal static class PostgreSqlItems
{
    /// <summary>Makes the empty stage.</summary>
    public const string CreateStage = "CREATE TEMP TABLE staged_items (place bigint, item_id text COLLATE \"C\", content text COLLATE \"C\") ON COMMIT DROP";

    /// <summary>Fills the stage; the order decides on handles, and of several rows with one id the last counts.</summary>
    public const string CopyStage = "COPY staged_items (place, item_id, content) FROM STDIN (FORMAT BINARY)";

    // Every row is held against the one before it with the same id, and the first against what is stored.
    private const string Count =
        """
        SELECT count(*) FILTER (WHERE before IS NULL), count(*) FILTER (WHERE before <> content), count(*) FILTER (WHERE before = content) FROM (
            SELECT s.content, coalesce(lag(s.content) OVER (PARTITION BY s.item_id ORDER BY s.place), i.content) AS before
            FROM staged_items AS s LEFT JOIN items AS i ON i.tenant = $1 AND i.item_id = s.item_id) AS compared
        """;

    private const string Change =
        """
        UPDATE items AS i SET content = s.content, changed = (SELECT max(changed) + 1 FROM items WHERE tenant = $1)
        FROM (SELECT DISTINCT ON (item_id) item_id, content FROM staged_items ORDER BY item_id, place DESC) AS s
        WHERE i.tenant = $1 AND i.item_id = s.item_id AND i.content <> s.content
        """;

    private const string Add =
        """
        INSERT INTO items (tenant, handle, item_id, content, changed)
        SELECT $1, (SELECT coalesce(max(handle), -1) FROM items WHERE tenant = $1) + row_number() OVER (ORDER BY first), item_id, content,
            (SELECT coalesce(max(changed), 0) + 1 FROM items WHERE tenant = $1) FROM (
            SELECT DISTINCT ON (item_id) item_id, content, min(place) OVER (PARTITION BY item_id) AS first
            FROM staged_items AS s WHERE NOT EXISTS (SELECT FROM items AS i WHERE i.tenant = $1 AND i.item_id = s.item_id)
            ORDER BY item_id, place DESC) AS fresh
        """;

    /// <summary>The lock under which handles are given.</summary>
    /// <param name="tenant">The tenant.</param>
    public static long Lock(string tenant) => AdvisoryLock.Key("items", tenant);

    /// <summary>Puts what is staged.</summary>
    /// <param name="connection">A connection in a transaction that holds the lock.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<CatalogueChange> PutStagedAsync(NpgsqlConnection connection, string tenant, CancellationToken cancellationToken)
    {
        await RunAsync("ANALYZE staged_items");
        await using var count = connection.Command(Count, tenant);
        count.CommandTimeout = 0;
        var change = (await count.RowsAsync(row => new CatalogueChange((int)row.GetInt64(0), (int)row.GetInt64(1), (int)row.GetInt64(2)), cancellationToken))[0];
        await RunAsync(Change, tenant);
        await RunAsync(Add, tenant);
        return change;

        async Task RunAsync(string sql, params object?[] values)
        {
            await using var command = connection.Command(sql, values);
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
