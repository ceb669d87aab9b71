using AgentRec.Domain;
using Npgsql;
using NpgsqlTypes;

namespace AgentRec.Storage.Log;

/// <summary>A call of <c>append_events</c> (<c>infra/sql/postgresql</c>): many appends as columns, one array each.</summary>
internal sealed class AppendStatement
{
    private const string Call =
        "SELECT append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31)";

    private readonly IReadOnlyList<Append> _appends;
    private readonly List<Row<EventRow>> _events = [];
    private readonly List<Row<(string Item, EventRow Event)>> _shown = [];
    private readonly List<Row<Append>> _archives = [];
    private readonly int[] _eventsFrom;
    private readonly int[] _eventsTo;
    private readonly int[] _shownFrom;
    private readonly int[] _shownTo;
    private readonly int[] _archive;

    private AppendStatement(IReadOnlyList<Append> appends)
    {
        _appends = appends;
        (_eventsFrom, _eventsTo, _shownFrom, _shownTo, _archive) =
            (new int[appends.Count], new int[appends.Count], new int[appends.Count], new int[appends.Count], new int[appends.Count]);
        for (var i = 0; i < appends.Count; i++)
            Add(i, appends[i]);
    }

    /// <summary>Makes the statement. It answers the appends' outcomes in order, as the numbers of <see cref="Grains.Abstractions.Storage.AppendOutcome"/>.</summary>
    /// <param name="connection">The connection; the statement is a transaction of its own.</param>
    /// <param name="appends">The appends.</param>
    public static NpgsqlCommand Of(NpgsqlConnection connection, IReadOnlyList<Append> appends)
    {
        var command = new NpgsqlCommand(Call, connection);
        new AppendStatement(appends).Fill(command.Parameters);
        return command;
    }

    private void Add(int index, Append append)
    {
        // The statement counts from 1, and a range that ends before it begins is empty.
        var place = index + 1;
        (_eventsFrom[index], _shownFrom[index]) = (_events.Count + 1, _shown.Count + 1);
        foreach (var row in append.Rows)
        {
            _events.Add(new(place, row));
            foreach (var item in row.Shown)
                _shown.Add(new(place, (item, row)));
        }
        (_eventsTo[index], _shownTo[index]) = (_events.Count, _shown.Count);
        if (append.Archive is null)
            return;
        _archives.Add(new(place, append));
        _archive[index] = _archives.Count;
    }

    private void Fill(NpgsqlParameterCollection parameters)
    {
        Texts(_appends, append => append.Tenant);
        Texts(_appends, append => append.UserId);
        Longs(_appends, append => append.Rows[0].Sequence);
        Integers(_eventsFrom);
        Integers(_eventsTo);
        Integers(_shownFrom);
        Integers(_shownTo);
        Integers(_archive);

        Integers(Places(_events));
        Longs(_events, row => row.Value.Sequence);
        Texts(_events, row => row.Value.Kind);
        Longs(_events, row => row.Value.At);
        Texts(_events, row => row.Value.Interaction?.InteractionId);
        Texts(_events, row => row.Value.Interaction?.ItemId);
        Texts(_events, row => row.Value.Interaction is { } interaction ? InteractionTypeNames.Of(interaction.Type) : null);
        Array(NpgsqlDbType.Double, Column(_events, row => row.Value.Interaction?.Value));
        Array(NpgsqlDbType.Bigint, Column(_events, row => row.Value.Interaction?.Timestamp?.ToUnixTimeMilliseconds()));
        Texts(_events, row => row.Value.SessionId);
        Array(NpgsqlDbType.Integer, Column(_events, row => row.Value.Turn));
        Texts(_events, row => row.Value.TurnId);
        Array(NpgsqlDbType.Bytea, Column(_events, row => row.Value.Packed));

        Integers(Places(_shown));
        Texts(_shown, row => row.Value.Item);
        Longs(_shown, row => row.Value.Event.Sequence);
        Longs(_shown, row => row.Value.Event.At);

        Integers(Places(_archives));
        Texts(_archives, row => row.Value.Archive!.CertificateId);
        Texts(_archives, row => row.Value.Archive!.Certificate);
        Longs(_archives, row => row.Value.Rows[^1].Sequence);
        Longs(_archives, row => row.Value.Rows[^1].At);
        Array(NpgsqlDbType.Bytea, Column(_archives, row => row.Value.Window));

        void Texts<T>(IReadOnlyList<T> rows, Func<T, string?> value) => Array(NpgsqlDbType.Text, Column(rows, value));

        void Longs<T>(IReadOnlyList<T> rows, Func<T, long> value) => Array(NpgsqlDbType.Bigint, Column(rows, value));

        void Integers(int[] values) => Array(NpgsqlDbType.Integer, values);

        void Array(NpgsqlDbType type, object values) => parameters.Add(new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    private static int[] Places<T>(List<Row<T>> rows) => Column(rows, row => row.Append);

    private static TValue[] Column<TRow, TValue>(IReadOnlyList<TRow> rows, Func<TRow, TValue> value)
    {
        var column = new TValue[rows.Count];
        for (var i = 0; i < column.Length; i++)
            column[i] = value(rows[i]);
        return column;
    }

    private readonly record struct Row<T>(int Append, T Value);
}
