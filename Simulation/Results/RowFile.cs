namespace AgentRec.Simulation;

/// <summary>Keeps the rows of a period in a file of its own until results are put together.</summary>
internal static class RowFile
{
    /// <summary>Writes rows.</summary>
    public static void Write(string file, PeriodRows rows)
    {
        using var writer = new BinaryWriter(File.Create(file));
        writer.Write(rows.Away);
        writer.Write(rows.Screening is not null);
        if (rows.Screening is { } screening)
        {
            writer.Write(screening.Invented);
            writer.Write(screening.Found);
            writer.Write(screening.Real);
            writer.Write(screening.Alarms);
        }
        writer.Write(rows.Turns.Length);
        foreach (var turn in rows.Turns)
        {
            writer.Write(turn.User);
            writer.Write(turn.Turn);
            writer.Write(turn.UtilityKept);
            writer.Write(turn.Regret);
            writer.Write(turn.Hit);
            writer.Write(turn.Ndcg);
            writer.Write(turn.Satisfaction);
            writer.Write(turn.Success);
            writer.Write(turn.Taken);
            writer.Write(turn.Questions);
            writer.Write((sbyte)(turn.StoodIn switch { null => -1, false => 0, true => 1 }));
        }
        writer.Write(rows.Items.Length);
        foreach (var (user, turn, position, reading) in rows.Items)
        {
            writer.Write(user);
            writer.Write(turn);
            writer.Write(position);
            writer.Write(reading.Item);
            writer.Write(reading.LookedAt);
            writer.Write(reading.Rating ?? 0);
            writer.Write(reading.Utility);
        }
    }

    /// <summary>Reads rows.</summary>
    public static PeriodRows Read(string file)
    {
        using var reader = new BinaryReader(new BufferedStream(File.OpenRead(file), 1 << 16));
        var away = reader.ReadInt32();
        var screening = reader.ReadBoolean() ? new Screening(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32()) : null;
        var turns = new TurnRow[reader.ReadInt32()];
        for (var i = 0; i < turns.Length; i++)
        {
            turns[i] = new TurnRow(
                reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadBoolean(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadBoolean(),
                reader.ReadInt32(), reader.ReadInt32(), reader.ReadSByte() switch { < 0 => null, 0 => false, _ => true });
        }
        var items = new ItemRow[reader.ReadInt32()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = new ItemRow(
                reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(),
                new Reading(reader.ReadInt32(), reader.ReadBoolean(), reader.ReadDouble() is > 0 and var rating ? rating : null, reader.ReadDouble()));
        }
        return new PeriodRows(turns, items, away, screening);
    }
}
