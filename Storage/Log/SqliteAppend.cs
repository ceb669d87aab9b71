using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace AgentRec.Storage.Log;

/// <summary>Writes one append into the embedded store.</summary>
/// <param name="append">The append.</param>
internal sealed class SqliteAppend(Append append)
{
    internal const string LastSequence =
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

    /// <summary>Writes the append, all of it or nothing.</summary>
    /// <param name="session">The writer's connection, under a savepoint.</param>
    public Written<AppendOutcome> Write(SqliteSession session)
    {
        var last = session.Scalar(LastSequence, ("@tenant", append.Tenant), ("@user", append.UserId)) as long? ?? 0;
        foreach (var row in append.Rows)
        {
            if (row.Sequence != ++last)
                return new(AppendOutcome.SequenceConflict, Keep: false);
        }
        try
        {
            foreach (var row in append.Rows)
                WriteEvent(session, row);
            if (append.Archive is not null)
                WriteArchive(session, append.Archive, append.Rows[^1]);
            return new(AppendOutcome.Appended);
        }
        catch (SqliteException exception) when (exception.SqliteExtendedErrorCode is 2067 or 1555)
        {
            // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY: the sequence was checked above, so an id is taken.
            return new(AppendOutcome.DuplicateId, Keep: false);
        }
    }

    private void WriteEvent(SqliteSession session, EventRow row)
    {
        session.Execute(
            InsertEvent,
            ("@tenant", append.Tenant), ("@user", append.UserId), ("@sequence", row.Sequence), ("@kind", row.Kind), ("@at", row.At),
            ("@interaction", row.Interaction?.InteractionId), ("@item", row.Interaction?.ItemId),
            ("@type", row.Interaction is { } interaction ? InteractionTypeNames.Of(interaction.Type) : null),
            ("@value", row.Interaction?.Value), ("@timestamp", row.Interaction?.Timestamp?.ToUnixTimeMilliseconds()),
            ("@session", row.SessionId), ("@turn", row.Turn), ("@turnId", row.TurnId), ("@body", row.Body));
        foreach (var shown in row.Shown)
        {
            session.Execute(
                InsertExposure,
                ("@tenant", append.Tenant), ("@user", append.UserId), ("@item", shown), ("@sequence", row.Sequence), ("@at", row.At));
        }
    }

    private void WriteArchive(SqliteSession session, TurnArchive archive, EventRow turn)
    {
        session.Execute(
            InsertCertificate,
            ("@tenant", append.Tenant), ("@id", archive.CertificateId), ("@user", append.UserId), ("@sequence", turn.Sequence),
            ("@certificate", archive.Certificate));
        session.Execute(
            InsertWindow,
            ("@tenant", append.Tenant), ("@id", archive.CertificateId), ("@at", turn.At), ("@content", append.Window));
    }
}
