using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace AgentRec.Storage.Log;

/// <summary>One caller's append, made ready outside the writer.</summary>
internal sealed class Append
{
    private const string LastSequence =
        "SELECT sequence FROM events WHERE tenant = @tenant AND user_id = @user ORDER BY sequence DESC LIMIT 1";

    private const string InsertEvent =
        """
        INSERT INTO events (tenant, user_id, sequence, kind, at, interaction_id, item_id, type, value, timestamp, session_id, turn, turn_id, body)
        VALUES (@tenant, @user, @sequence, @kind, @at, @interaction, @item, @type, @value, @timestamp, @session, @turn, @turnId, @body)
        """;

    private const string InsertExposure =
        "INSERT OR IGNORE INTO exposures (tenant, user_id, item_id, sequence, at) VALUES (@tenant, @user, @item, @sequence, @at)";

    private const string InsertCertificate =
        "INSERT INTO certificates (tenant, certificate_id, user_id, sequence, certificate) VALUES (@tenant, @id, @user, @sequence, @certificate)";

    private const string InsertWindow =
        "INSERT INTO windows (tenant, certificate_id, at, content) VALUES (@tenant, @id, @at, @content)";

    private readonly string _tenant;
    private readonly string _userId;
    private readonly EventRow[] _rows;
    private readonly IReadOnlyList<LoggedEvent> _events;
    private readonly TurnArchive? _archive;
    private readonly byte[] _window;

    private Append(string tenant, string userId, IReadOnlyList<LoggedEvent> events, TurnArchive? archive)
    {
        (_tenant, _userId, _events, _archive) = (tenant, userId, events, archive);
        _rows = [.. events.Select(EventRow.Of)];
        _window = archive is null ? [] : Compressed.Pack(archive.Window);
    }

    /// <summary>Makes an append ready.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="userId">The user.</param>
    /// <param name="events">The events; at least one.</param>
    /// <param name="archive">What a turn among them leaves behind.</param>
    /// <exception cref="ArgumentException">There is no event, or an interaction belongs to another user.</exception>
    public static Append Of(string tenant, string userId, IReadOnlyList<LoggedEvent> events, TurnArchive? archive)
    {
        if (events.Count == 0)
            throw new ArgumentException($"An append to the log of user '{userId}' holds no event.", nameof(events));
        foreach (var happened in events)
        {
            if (happened.Event is InteractionRecorded { Interaction: var interaction } && !string.Equals(interaction.UserId, userId, StringComparison.Ordinal))
            {
                throw new ArgumentException(
                    $"The interaction '{interaction.InteractionId}' of user '{interaction.UserId}' cannot be appended to the log of user '{userId}'.", nameof(events));
            }
        }
        return new Append(tenant, userId, events, archive);
    }

    /// <summary>Writes the append, all of it or nothing.</summary>
    /// <param name="session">The writer's connection, under a savepoint.</param>
    public Written<AppendOutcome> Write(SqliteSession session)
    {
        var last = session.Scalar(LastSequence, ("@tenant", _tenant), ("@user", _userId)) as long? ?? 0;
        foreach (var row in _rows)
        {
            if (row.Sequence != ++last)
                return new(AppendOutcome.SequenceConflict, Keep: false);
        }
        try
        {
            for (var i = 0; i < _rows.Length; i++)
                WriteEvent(session, _rows[i], _events[i].Event);
            if (_archive is not null)
                WriteArchive(session, _archive, _rows[^1]);
            return new(AppendOutcome.Appended);
        }
        catch (SqliteException exception) when (exception.SqliteExtendedErrorCode is 2067 or 1555)
        {
            // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY: the sequence was checked above, so an id is taken.
            return new(AppendOutcome.DuplicateId, Keep: false);
        }
    }

    private void WriteEvent(SqliteSession session, EventRow row, UserEvent happened)
    {
        session.Execute(
            InsertEvent,
            ("@tenant", _tenant), ("@user", _userId), ("@sequence", row.Sequence), ("@kind", row.Kind), ("@at", row.At),
            ("@interaction", row.Interaction?.InteractionId), ("@item", row.Interaction?.ItemId),
            ("@type", row.Interaction is { } interaction ? InteractionTypeNames.Of(interaction.Type) : null),
            ("@value", row.Interaction?.Value), ("@timestamp", row.Interaction?.Timestamp?.ToUnixTimeMilliseconds()),
            ("@session", row.SessionId), ("@turn", row.Turn), ("@turnId", row.TurnId), ("@body", row.Body));
        if (happened is not TurnTaken { Turn.Result.Slate: { } slate })
            return;
        foreach (var shown in slate.Items)
        {
            session.Execute(
                InsertExposure,
                ("@tenant", _tenant), ("@user", _userId), ("@item", shown.ItemId), ("@sequence", row.Sequence), ("@at", row.At));
        }
    }

    private void WriteArchive(SqliteSession session, TurnArchive archive, EventRow turn)
    {
        session.Execute(
            InsertCertificate,
            ("@tenant", _tenant), ("@id", archive.CertificateId), ("@user", _userId), ("@sequence", turn.Sequence),
            ("@certificate", archive.Certificate));
        session.Execute(
            InsertWindow,
            ("@tenant", _tenant), ("@id", archive.CertificateId), ("@at", turn.At), ("@content", _window));
    }
}
