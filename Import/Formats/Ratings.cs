using AgentRec.Domain;
using AgentRec.Import.Rows;

namespace AgentRec.Import.Formats;

/// <summary>A rating as all MovieLens layouts state it.</summary>
internal static class Ratings
{
    /// <summary>Reads the rating at hand, or reports it.</summary>
    /// <param name="texts">Keeps one copy of each id.</param>
    /// <param name="record">The record.</param>
    /// <param name="user">The column of the user.</param>
    /// <param name="item">The column of the item.</param>
    /// <param name="rating">The column of the rating.</param>
    /// <param name="timestamp">The column of the moment.</param>
    public static Interaction? Read(SharedTexts texts, RecordReader record, int user, int item, int rating, int timestamp)
    {
        var fields = record.Fields;
        var interaction = InteractionFields.Read(
            null,
            texts.Of(fields[user]),
            texts.Of(fields[item]),
            "rate",
            fields[rating],
            fields[timestamp].Length > 0 ? fields[timestamp] : null,
            out var problem);
        if (interaction is null)
            record.Reject(problem!);
        return interaction;
    }
}
