using System.Collections.Immutable;
using System.Data.Common;
using AgentRec.Domain;

namespace AgentRec.Storage.Log;

/// <summary>A logged event as a row: what is searched for in columns, the rest as JSON.</summary>
/// <param name="Sequence">The event's sequence.</param>
/// <param name="At">When it was appended, Unix milliseconds.</param>
/// <param name="Kind">The kind's name.</param>
/// <param name="Interaction">The interaction, for that kind.</param>
/// <param name="SessionId">The session, for kinds that have one.</param>
/// <param name="Turn">The turn's number, for turns.</param>
/// <param name="TurnId">The turn's id, for turns.</param>
/// <param name="Body">JSON text, or its compressed bytes; null for interactions, whose columns say everything.</param>
internal sealed record EventRow(
    long Sequence, long At, string Kind, Interaction? Interaction, string? SessionId, int? Turn, string? TurnId, object? Body)
{
    /// <summary>The columns that <see cref="Read"/> expects, in its order.</summary>
    public const string Columns = "sequence, at, kind, body, interaction_id, user_id, item_id, type, value, timestamp";

    /// <summary>The items that were shown, in order: for turns that ended in a slate.</summary>
    public ImmutableArray<string> Shown { get; private init; } = [];

    /// <summary>The body compressed, whatever its kind; null for none.</summary>
    public byte[]? Packed => Body is string text ? Compressed.Pack(text) : (byte[]?)Body;

    /// <summary>Makes the row of an event.</summary>
    /// <param name="logged">The event.</param>
    public static EventRow Of(LoggedEvent logged)
    {
        var at = logged.At.ToUnixTimeMilliseconds();
        return logged.Event switch
        {
            InteractionRecorded recorded => new(logged.Sequence, at, "interaction", recorded.Interaction, null, null, null, null),
            SessionOpened opened => new(logged.Sequence, at, "session-opened", null, opened.SessionId, null, null, Json(opened)),
            SessionClosed closed => new(logged.Sequence, at, "session-closed", null, closed.SessionId, null, null, Json(closed)),
            TurnTaken { Turn: var turn } taken => new(
                logged.Sequence, at, "turn", null, turn.SessionId, turn.Result.Turn, turn.Result.TurnId, Compressed.Pack(Json(taken)))
            {
                Shown = turn.Result.Slate is { } slate ? [.. slate.Items.Select(item => item.ItemId)] : [],
            },
            MemoryCorrected corrected => new(logged.Sequence, at, "correction", null, null, null, null, Json(corrected)),
            MemoryForgotten forgotten => new(logged.Sequence, at, "forget", null, null, null, null, Json(forgotten)),
            var other => throw new NotSupportedException($"The log does not know how to keep a {other.GetType().Name}."),
        };
    }

    /// <summary>Reads the event at hand.</summary>
    /// <param name="row">Rows with <see cref="Columns"/> first.</param>
    public static LoggedEvent Read(DbDataReader row)
    {
        var happened = row.IsDBNull(3) ? new InteractionRecorded(ReadInteraction(row, 4)) : ReadBody(row, 3);
        return new LoggedEvent(row.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), happened);
    }

    /// <summary>Reads the interaction at hand.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">Where its columns start: interaction_id, user_id, item_id, type, value, timestamp.</param>
    public static Interaction ReadInteraction(DbDataReader row, int first) => new(
        row.GetString(first),
        row.GetString(first + 1),
        row.GetString(first + 2),
        InteractionTypeNames.Parse(row.GetString(first + 3)) ?? throw new InvalidDataException($"The log holds the interaction type '{row.GetString(first + 3)}'."),
        row.IsDBNull(first + 4) ? null : row.GetDouble(first + 4),
        row.IsDBNull(first + 5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(first + 5)));

    /// <summary>Reads an event's body.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The body's column.</param>
    public static UserEvent ReadBody(DbDataReader row, int column) =>
        DomainJson.Read<UserEvent>(row.GetValue(column) is byte[] packed ? Compressed.Unpack(packed) : row.GetString(column));

    private static string Json(UserEvent happened) => DomainJson.Write(happened);
}
