using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.PostgreSql;

namespace AgentRec.Storage.Log;

/// <summary>The users' log in PostgreSQL.</summary>
/// <param name="database">Connections for reading.</param>
/// <param name="lanes">Writes in shared commits.</param>
internal sealed class PostgreSqlUserLog(PostgreSqlDatabase database, WriterLanes lanes) : IUserLog
{
    private const string FindInteractions =
        "SELECT interaction_id, user_id, item_id, type, value, timestamp FROM events WHERE tenant = $1 AND interaction_id = ANY ($2)";

    private const string Session = "SELECT user_id, at, body FROM events WHERE tenant = $1 AND session_id = $2 ORDER BY user_id, sequence";

    // One statement, so one snapshot of the log. Rows of what was consumed have no moment.
    private const string Facts =
        """
        WITH forgotten AS (
            SELECT coalesce(max(sequence), 0) AS sequence FROM events WHERE tenant = $1 AND user_id = $2 AND kind = 'forget' AND sequence <= $3)
        SELECT e.item_id, NULL::bigint AS at, NULL::bigint AS sequence FROM events AS e, forgotten AS f
        WHERE e.tenant = $1 AND e.user_id = $2 AND e.item_id = ANY ($4) AND e.sequence > f.sequence AND e.sequence <= $3
        AND e.type IN ('rate', 'consume', 'like', 'dislike') GROUP BY e.item_id
        UNION ALL
        SELECT s.item_id, s.at, s.sequence FROM exposures AS s, forgotten AS f
        WHERE s.tenant = $1 AND s.user_id = $2 AND s.item_id = ANY ($4) AND s.sequence > f.sequence AND s.sequence <= $3 AND s.at >= $5
        ORDER BY at, sequence
        """;

    /// <inheritdoc/>
    public ValueTask<AppendOutcome> AppendAsync(
        string tenant, string userId, IReadOnlyList<LoggedEvent> events, TurnArchive? archive, CancellationToken cancellationToken)
    {
        var append = Append.Of(tenant, userId, events, archive);
        if (!append.IsConsecutive)
            return ValueTask.FromResult(AppendOutcome.SequenceConflict);
        StorableText.Require(append);
        return lanes.WriteAsync(append, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LoggedEvent>> ReadAsync(
        string tenant, string userId, long after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command(
                    $"SELECT {EventRow.Columns} FROM events WHERE tenant = $1 AND user_id = $2 AND sequence > $3 ORDER BY sequence LIMIT $4",
                    tenant, userId, after, limit);
                return await command.RowsAsync(EventRow.Read, token);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, Interaction>> FindInteractionsAsync(
        string tenant, IReadOnlyCollection<string> interactionIds, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command(FindInteractions, tenant, interactionIds.ToArray());
                var found = await command.RowsAsync(row => EventRow.ReadInteraction(row, 0), token);
                return found.ToDictionary(interaction => interaction.InteractionId, StringComparer.Ordinal);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<SessionHistory?> ReadSessionAsync(string tenant, string sessionId, CancellationToken cancellationToken)
    {
        var events = await database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command(Session, tenant, sessionId);
                return await command.RowsAsync(
                    row => new SessionEvent(row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), EventRow.ReadBody(row, 2)), token);
            },
            cancellationToken);
        return SessionEvent.Fold(events);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> HasSessionAsync(string tenant, string userId, string sessionId, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command(
                    "SELECT 1 FROM events WHERE tenant = $1 AND session_id = $2 AND kind = 'session-opened' AND user_id = $3", tenant, sessionId, userId);
                return await command.ScalarAsync(token) is not null;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, ItemFact>> ReadFactsAsync(
        string tenant, string userId, long upTo, IReadOnlyCollection<string> itemIds, DateTimeOffset shownSince, CancellationToken cancellationToken)
    {
        var facts = new FactCollector(itemIds);
        var rows = await database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command(Facts, tenant, userId, upTo, itemIds.ToArray(), FactCollector.CeilingMilliseconds(shownSince));
                return await command.RowsAsync(row => (Item: row.GetString(0), At: row.IsDBNull(1) ? (long?)null : row.GetInt64(1)), token);
            },
            cancellationToken);
        foreach (var (item, at) in rows)
        {
            if (at is { } moment)
                facts.AddShown(item, moment);
            else
                facts.AddConsumed(item);
        }
        return facts.All();
    }
}
