using System.Globalization;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.Catalogue;
using AgentRec.Storage.Erasure;
using AgentRec.Storage.Log;
using AgentRec.Storage.Sqlite;

namespace AgentRec.Storage.Bulk;

/// <summary>
/// One bulk load inside the writer's transaction. Interactions are staged in a temporary table, which lies on disk, so that
/// ordering them by user and time needs no memory of their number.
/// </summary>
/// <param name="session">The writer's connection.</param>
/// <param name="tenant">The tenant.</param>
/// <param name="arrival">The moment that stands in for an unknown time.</param>
/// <param name="rejected">Told of rows that are left out.</param>
/// <param name="progress">Told how far the load has come.</param>
/// <param name="cancellationToken">Stops the load.</param>
internal sealed class BulkTransaction(
    SqliteSession session,
    string tenant,
    DateTimeOffset arrival,
    Action<RejectedRow> rejected,
    IProgress<BulkLoadProgress>? progress,
    CancellationToken cancellationToken)
{
    private const int ReportEvery = 10_000;

    private const string CreateStage =
        """
        CREATE TEMP TABLE IF NOT EXISTS stage (
            place INTEGER PRIMARY KEY, interaction_id TEXT NOT NULL UNIQUE, user_id TEXT NOT NULL, item_id TEXT NOT NULL,
            type TEXT NOT NULL, value REAL, timestamp INTEGER, at INTEGER NOT NULL) STRICT;
        DELETE FROM temp.stage;
        """;

    private const string Stage =
        """
        INSERT INTO temp.stage (interaction_id, user_id, item_id, type, value, timestamp, at)
        VALUES (@id, @user, @item, @type, @value, @timestamp, @at) ON CONFLICT (interaction_id) DO NOTHING
        """;

    private const string Staged =
        "SELECT interaction_id, user_id, item_id, type, value, timestamp FROM temp.stage WHERE interaction_id = @id";

    private const string Logged =
        "SELECT interaction_id, user_id, item_id, type, value, timestamp FROM events WHERE tenant = @tenant AND interaction_id = @id";

    private const string AppendStage =
        """
        INSERT INTO events (tenant, user_id, sequence, kind, at, interaction_id, item_id, type, value, timestamp)
        SELECT @tenant, user_id,
            coalesce((SELECT max(sequence) FROM events WHERE tenant = @tenant AND user_id = s.user_id), 0)
                + row_number() OVER (PARTITION BY user_id ORDER BY at, place),
            'interaction', at, interaction_id, item_id, type, value, timestamp
        FROM temp.stage AS s ORDER BY user_id, at, place
        """;

    private readonly int[] _items = new int[3];
    private long _accepted;
    private long _duplicates;
    private long _rejected;

    /// <summary>Loads a source.</summary>
    /// <param name="source">The source.</param>
    public Written<BulkLoadResult> Run(BulkLoadSource source)
    {
        var (rows, admission) = (new ItemRows(session, tenant), new Admission(source.InventItems, SqliteErasureStore.Read(session, tenant)));
        LoadItems(source.Items, rows, admission);
        session.Script(CreateStage);
        StageInteractions(source, rows, admission);
        Report(BulkLoadPhase.Appending, 0);
        var users = Convert.ToInt64(session.Scalar("SELECT count(DISTINCT user_id) FROM temp.stage"), CultureInfo.InvariantCulture);
        session.Execute(AppendStage, ("@tenant", tenant));
        session.Script("DELETE FROM temp.stage");
        cancellationToken.ThrowIfCancellationRequested();
        Report(BulkLoadPhase.Done, _accepted);
        return new(new BulkLoadResult(new CatalogueChange(_items[0], _items[1], _items[2]), _accepted, _duplicates, _rejected, users));
    }

    private void LoadItems(IEnumerable<Sourced<Item>> items, ItemRows rows, Admission admission)
    {
        using (var known = session.Query("SELECT item_id FROM items WHERE tenant = @tenant", ("@tenant", tenant)))
        {
            while (known.Read())
                admission.Know(known.GetString(0));
        }
        var count = 0L;
        foreach (var item in items)
        {
            admission.Know(item.Value.ItemId);
            _items[(int)rows.Put(item.Value)]++;
            Count(BulkLoadPhase.Items, ++count);
        }
        Report(BulkLoadPhase.Items, count);
    }

    private void StageInteractions(BulkLoadSource source, ItemRows rows, Admission admission)
    {
        var fresh = session.Scalar("SELECT 1 FROM events WHERE tenant = @tenant AND kind = 'interaction' LIMIT 1", ("@tenant", tenant)) is null;
        var count = 0L;
        foreach (var row in source.Interactions)
        {
            if (Admit(row, admission, rows))
                StageOne(row, fresh);
            Count(BulkLoadPhase.Interactions, ++count);
        }
        Report(BulkLoadPhase.Interactions, count);
    }

    private bool Admit(Sourced<Interaction> row, Admission admission, ItemRows rows)
    {
        if (admission.Refuse(row.Value, out var invented) is { } reason)
        {
            Reject(row, reason);
            return false;
        }
        if (invented is not null)
            _items[(int)rows.Put(invented)]++;
        return true;
    }

    private void StageOne(Sourced<Interaction> row, bool fresh)
    {
        var interaction = Admission.Kept(row.Value);
        if (!fresh && Find(Logged, interaction.InteractionId) is { } logged)
        {
            Repeat(row, interaction, logged);
            return;
        }
        var staged = session.Execute(
            Stage,
            ("@id", interaction.InteractionId), ("@user", interaction.UserId), ("@item", interaction.ItemId),
            ("@type", InteractionTypeNames.Of(interaction.Type)), ("@value", interaction.Value),
            ("@timestamp", interaction.Timestamp?.ToUnixTimeMilliseconds()),
            ("@at", (interaction.Timestamp ?? arrival).ToUnixTimeMilliseconds()));
        if (staged > 0)
            _accepted++;
        else
            Repeat(row, interaction, Find(Staged, interaction.InteractionId)!);
    }

    private void Repeat(Sourced<Interaction> row, Interaction interaction, Interaction earlier)
    {
        if (interaction == earlier)
            _duplicates++;
        else
            Reject(row, Admission.OtherContent(interaction.InteractionId));
    }

    private Interaction? Find(string query, string id)
    {
        using var rows = ReferenceEquals(query, Logged)
            ? session.Query(query, ("@tenant", tenant), ("@id", id))
            : session.Query(query, ("@id", id));
        return rows.Read() ? EventRow.ReadInteraction(rows, 0) : null;
    }

    private void Reject(Sourced<Interaction> row, string reason)
    {
        _rejected++;
        rejected(new RejectedRow(row.File, row.Line, reason));
    }

    private void Count(BulkLoadPhase phase, long rows)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (rows % ReportEvery == 0)
            Report(phase, rows);
    }

    private void Report(BulkLoadPhase phase, long rows) => progress?.Report(new BulkLoadProgress(phase, rows));
}
