using System.Globalization;
using AgentRec.Domain;

namespace AgentRec.Import.Rows;

/// <summary>Makes an interaction of the texts that a file states.</summary>
internal static class InteractionFields
{
    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads the fields.</summary>
    /// <param name="interactionId">The id; null: it is derived.</param>
    /// <param name="userId">The user.</param>
    /// <param name="itemId">The item.</param>
    /// <param name="type">The type's name.</param>
    /// <param name="value">The value, if any.</param>
    /// <param name="timestamp">Unix seconds or ISO 8601, if any.</param>
    /// <param name="problem">What is wrong, where the answer is null.</param>
    public static Interaction? Read(
        string? interactionId, string userId, string itemId, string type, string? value, string? timestamp, out string? problem)
    {
        if (InteractionTypeNames.Parse(type) is not { } known)
        {
            problem = $"type {Quote.Of(type)} is not one of view, like, dislike, rate, dismiss, consume";
            return null;
        }
        double? number = null;
        if (value is not null)
        {
            if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed))
            {
                problem = $"value {Quote.Of(value)} is not a number";
                return null;
            }
            number = parsed;
        }
        DateTimeOffset? moment = null;
        if (timestamp is not null)
        {
            moment = Moment(timestamp);
            if (moment is null)
            {
                problem = $"timestamp {Quote.Of(timestamp)} is neither Unix seconds nor ISO 8601 between 1970 and 2199";
                return null;
            }
        }
        return Check(interactionId, userId, itemId, known, number, moment, out problem);
    }

    /// <summary>Makes an interaction of values already understood.</summary>
    /// <param name="interactionId">The id; null: it is derived.</param>
    /// <param name="userId">The user.</param>
    /// <param name="itemId">The item.</param>
    /// <param name="type">The type.</param>
    /// <param name="value">The value, if any.</param>
    /// <param name="timestamp">The moment, if known.</param>
    /// <param name="problem">What is wrong, where the answer is null.</param>
    public static Interaction? Check(
        string? interactionId, string userId, string itemId, InteractionType type, double? value, DateTimeOffset? timestamp, out string? problem)
    {
        if (timestamp is { } moment && (moment < Earliest || moment >= Latest))
        {
            problem = "timestamp is not between 1970 and 2199";
            return null;
        }
        var interaction = new Interaction(
            interactionId ?? DerivedInteractionId.Of(userId, itemId, type, timestamp), userId, itemId, type, value, timestamp);
        var found = interaction.Problem();
        problem = found is { } wrong ? $"{wrong.Field} {wrong.Problem}" : null;
        return found is null ? interaction : null;
    }

    private static DateTimeOffset? Moment(string text)
    {
        var moment = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? Timestamps.FromUnixSeconds(seconds)
            : Timestamps.Parse(text);
        return moment >= Earliest && moment < Latest ? moment : null;
    }
}
