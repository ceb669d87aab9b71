using AgentRec.Domain;
using AgentRec.Storage.Catalogue;
using AgentRec.Storage.Erasure;
using AgentRec.Storage.PostgreSql;
using Npgsql;
using NpgsqlTypes;

namespace AgentRec.Storage.Bulk;

/// <summary>
/// One bulk load inside a transaction. Everything is copied into temporary tables; what is new, repeated or contradicted is then
/// decided there, in a few statements over all rows.
/// </summary>
/// <param name="connection">A connection in a transaction that holds the lock on the tenant's items.</param>
/// <param name="tenant">The tenant.</param>
/// <param name="arrival">The moment that stands in for an unknown time.</param>
/// <param name="rejected">Told of rows that are left out.</param>
/// <param name="progress">Told how far the load has come.</param>
/// <param name="cancellationToken">Stops the load.</param>
internal sealed class PostgreSqlBulkLoad(
    NpgsqlConnection connection,
    string tenant,
    DateTimeOffset arrival,
    Action<RejectedRow> rejected,
    IProgress<BulkLoadProgress>? progress,
    CancellationToken cancellationToken)
{
    private const int ReportEvery = 10_000;

    private const string CreateStage =
        """
        CREATE TEMP TABLE staged (
            place bigint, file text, line bigint, refusal text, interaction_id text COLLATE "C", user_id text COLLATE "C", item_id text COLLATE "C",
            type text COLLATE "C", value double precision, timestamp bigint, at bigint) ON COMMIT DROP
        """;

    private const string CopyStage =
        "COPY staged (place, file, line, refusal, interaction_id, user_id, item_id, type, value, timestamp, at) FROM STDIN (FORMAT BINARY)";

    // A row is held against the logged interaction of its id, or else against the first row of that id, which is the one to append.
    private const string Judge =
        """
        CREATE TEMP TABLE judged ON COMMIT DROP AS
        SELECT s.*, CASE
            WHEN s.refusal IS NOT NULL THEN 'refused'
            WHEN e.interaction_id IS NULL AND s.place = f.place THEN 'accepted'
            WHEN ROW(s.user_id, s.item_id, s.type, s.value, s.timestamp) IS NOT DISTINCT FROM ROW(e.user_id, e.item_id, e.type, e.value, e.timestamp)
                THEN 'duplicate'
            WHEN e.interaction_id IS NULL
                AND ROW(s.user_id, s.item_id, s.type, s.value, s.timestamp) IS NOT DISTINCT FROM ROW(f.user_id, f.item_id, f.type, f.value, f.timestamp)
                THEN 'duplicate'
            ELSE 'contradicted' END AS verdict
        FROM staged AS s
        LEFT JOIN (SELECT DISTINCT ON (interaction_id) * FROM staged WHERE refusal IS NULL ORDER BY interaction_id, place) AS f
            ON f.interaction_id = s.interaction_id
        LEFT JOIN events AS e ON e.tenant = $1 AND e.interaction_id = s.interaction_id
        """;

    private const string Verdicts =
        """
        SELECT count(*) FILTER (WHERE verdict = 'accepted'), count(*) FILTER (WHERE verdict = 'duplicate'),
            count(DISTINCT user_id) FILTER (WHERE verdict = 'accepted')
        FROM judged
        """;

    private const string LeftOut =
        "SELECT file, line, refusal, interaction_id FROM judged WHERE verdict IN ('refused', 'contradicted') ORDER BY place";

    private const string Append =
        """
        INSERT INTO events (tenant, user_id, sequence, kind, at, interaction_id, item_id, type, value, timestamp)
        SELECT $1, j.user_id, coalesce(l.sequence, 0) + row_number() OVER (PARTITION BY j.user_id ORDER BY j.at, j.place),
            'interaction', j.at, j.interaction_id, j.item_id, j.type, j.value, j.timestamp
        FROM judged AS j
        LEFT JOIN (SELECT user_id, max(sequence) AS sequence FROM events WHERE tenant = $1 GROUP BY user_id) AS l ON l.user_id = j.user_id
        WHERE j.verdict = 'accepted' ORDER BY j.user_id, j.at, j.place
        """;

    /// <summary>Loads a source.</summary>
    /// <param name="source">The source.</param>
    public async Task<BulkLoadResult> RunAsync(BulkLoadSource source)
    {
        var admission = new Admission(source.InventItems, await PostgreSqlErasureStore.ReadAsync(connection, tenant, cancellationToken));
        await using (var known = Command("SELECT item_id FROM items WHERE tenant = $1", tenant))
        {
            foreach (var item in await known.RowsAsync(row => row.GetString(0), cancellationToken))
                admission.Know(item);
        }
        await RunAsync(PostgreSqlItems.CreateStage);
        await RunAsync(CreateStage);
        var stated = await StageItemsAsync(source.Items.Select(item => item.Value), admission, 0);
        Report(BulkLoadPhase.Items, stated);
        var invented = await StageInteractionsAsync(source.Interactions, admission);
        await StageItemsAsync(invented, admission, stated);
        var items = await PostgreSqlItems.PutStagedAsync(connection, tenant, cancellationToken);

        Report(BulkLoadPhase.Appending, 0);
        await RunAsync("ANALYZE staged");
        await RunAsync(Judge, tenant);
        await using var counting = Command(Verdicts);
        var (accepted, duplicates, users) = (await counting.RowsAsync(row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), cancellationToken))[0];
        var leftOut = await TellAsync();
        await RunAsync(Append, tenant);
        Report(BulkLoadPhase.Done, accepted);
        return new BulkLoadResult(items, accepted, duplicates, leftOut, users);
    }

    private async Task<long> StageItemsAsync(IEnumerable<Item> items, Admission admission, long place)
    {
        await using var copy = await connection.BeginBinaryImportAsync(PostgreSqlItems.CopyStage, cancellationToken);
        foreach (var item in items)
        {
            admission.Know(item.ItemId);
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(++place, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(item.ItemId, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(DomainJson.Write(item), NpgsqlDbType.Text, cancellationToken);
            Count(BulkLoadPhase.Items, place);
        }
        await copy.CompleteAsync(cancellationToken);
        return place;
    }

    private async Task<List<Item>> StageInteractionsAsync(IEnumerable<Sourced<Interaction>> interactions, Admission admission)
    {
        var (invented, place) = (new List<Item>(), 0L);
        await using var copy = await connection.BeginBinaryImportAsync(CopyStage, cancellationToken);
        foreach (var row in interactions)
        {
            var refusal = admission.Refuse(row.Value, out var item);
            if (item is not null)
                invented.Add(item);
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(++place, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(row.File, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(row.Line, NpgsqlDbType.Bigint, cancellationToken);
            await WriteAsync(copy, refusal);
            // The ids of a refused row may be anything, and need not be kept.
            await WriteAsync(copy, refusal is null ? Admission.Kept(row.Value) : null);
            Count(BulkLoadPhase.Interactions, place);
        }
        await copy.CompleteAsync(cancellationToken);
        Report(BulkLoadPhase.Interactions, place);
        return invented;
    }

    private async Task WriteAsync(NpgsqlBinaryImporter copy, Interaction? interaction)
    {
        await WriteAsync(copy, interaction?.InteractionId);
        await WriteAsync(copy, interaction?.UserId);
        await WriteAsync(copy, interaction?.ItemId);
        await WriteAsync(copy, interaction is null ? null : InteractionTypeNames.Of(interaction.Type));
        if (interaction?.Value is { } value)
            await copy.WriteAsync(value, NpgsqlDbType.Double, cancellationToken);
        else
            await copy.WriteNullAsync(cancellationToken);
        await WriteAsync(copy, interaction?.Timestamp);
        await WriteAsync(copy, interaction is null ? null : interaction.Timestamp ?? arrival);
    }

    private Task WriteAsync(NpgsqlBinaryImporter copy, string? text) =>
        text is null ? copy.WriteNullAsync(cancellationToken) : copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);

    private Task WriteAsync(NpgsqlBinaryImporter copy, DateTimeOffset? moment) =>
        moment is { } at ? copy.WriteAsync(at.ToUnixTimeMilliseconds(), NpgsqlDbType.Bigint, cancellationToken) : copy.WriteNullAsync(cancellationToken);

    /// <summary>Tells of every row that is left out, in the order of the source.</summary>
    private async Task<long> TellAsync()
    {
        var count = 0L;
        await using var command = Command(LeftOut);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            count++;
            var reason = rows.IsDBNull(2) ? Admission.OtherContent(rows.GetString(3)) : rows.GetString(2);
            rejected(new RejectedRow(rows.GetString(0), rows.GetInt64(1), reason));
        }
        return count;
    }

    private async Task RunAsync(string sql, params object?[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        var command = connection.Command(sql, values);
        command.CommandTimeout = 0;
        return command;
    }

    private void Count(BulkLoadPhase phase, long rows)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (rows % ReportEvery == 0)
            Report(phase, rows);
    }

    private void Report(BulkLoadPhase phase, long rows) => progress?.Report(new BulkLoadProgress(phase, rows));
}
