using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Sqlite;

namespace AgentRec.Storage.Log;

/// <summary>The users' log in the embedded store.</summary>
/// <param name="writer">Writes in shared commits.</param>
/// <param name="readers">Connections for reading.</param>
internal sealed class SqliteUserLog(GroupCommitter writer, ReaderPool readers) : IUserLog
{
    // The indices are named: without statistics the planner would walk the whole log of the tenant.
    internal const string Interactions =
        """
        SELECT interaction_id, user_id, item_id, type, value, timestamp FROM events INDEXED BY events_interaction
        WHERE tenant = @tenant AND interaction_id IN (SELECT value FROM json_each(@ids))
        """;

    internal const string Events =
        $"SELECT {EventRow.Columns} FROM events WHERE tenant = @tenant AND user_id = @user AND sequence > @after ORDER BY sequence LIMIT @limit";

    internal const string Opened =
        "SELECT 1 FROM events INDEXED BY events_session_opened WHERE tenant = @tenant AND session_id = @session AND kind = 'session-opened' AND user_id = @user";

    internal const string Session =
        "SELECT user_id, at, body FROM events INDEXED BY events_session WHERE tenant = @tenant AND session_id = @session ORDER BY user_id, sequence";

    /// <inheritdoc/>
    public ValueTask<AppendOutcome> AppendAsync(
        string tenant, string userId, IReadOnlyList<LoggedEvent> events, TurnArchive? archive, CancellationToken cancellationToken)
    {
        // Rows are made here, on the caller's time, so that the writer only writes.
        var append = Append.Of(tenant, userId, events, archive);
        return writer.WriteAsync(new SqliteAppend(append).Write, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LoggedEvent>> ReadAsync(
        string tenant, string userId, long after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await readers.ReadAsync(
            session =>
            {
                var events = new List<LoggedEvent>();
                using var rows = session.Query(
                    Events,
                    ("@tenant", tenant), ("@user", userId), ("@after", after), ("@limit", limit));
                while (rows.Read())
                    events.Add(EventRow.Read(rows));
                return events;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, Interaction>> FindInteractionsAsync(
        string tenant, IReadOnlyCollection<string> interactionIds, CancellationToken cancellationToken) =>
        await readers.ReadAsync(
            session =>
            {
                var found = new Dictionary<string, Interaction>(StringComparer.Ordinal);
                using var rows = session.Query(
                    Interactions,
                    ("@tenant", tenant), ("@ids", DomainJson.Write(interactionIds)));
                while (rows.Read())
                {
                    var interaction = EventRow.ReadInteraction(rows, 0);
                    found.Add(interaction.InteractionId, interaction);
                }
                return found;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<SessionHistory?> ReadSessionAsync(string tenant, string sessionId, CancellationToken cancellationToken) =>
        await readers.ReadAsync(session => ReadSession(session, tenant, sessionId), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> HasSessionAsync(string tenant, string userId, string sessionId, CancellationToken cancellationToken) =>
        await readers.ReadAsync(
            session => session.Scalar(
                Opened,
                ("@tenant", tenant), ("@session", sessionId), ("@user", userId)) is not null,
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, ItemFact>> ReadFactsAsync(
        string tenant, string userId, long upTo, IReadOnlyCollection<string> itemIds, DateTimeOffset shownSince, CancellationToken cancellationToken) =>
        await readers.ReadAsync(session => ItemFacts.Read(session, tenant, userId, upTo, itemIds, shownSince), cancellationToken);

    private static SessionHistory? ReadSession(SqliteSession session, string tenant, string sessionId)
    {
        var events = new List<SessionEvent>();
        using var rows = session.Query(
            Session,
            ("@tenant", tenant), ("@session", sessionId));
        while (rows.Read())
            events.Add(new SessionEvent(rows.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(1)), EventRow.ReadBody(rows, 2)));
        return SessionEvent.Fold(events);
    }
}
