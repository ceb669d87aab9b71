namespace AgentRec.Domain;

/// <summary>The written names of <see cref="InteractionType"/>, alike in files, rows and JSON.</summary>
public static class InteractionTypeNames
{
    /// <summary>The name of a type.</summary>
    /// <param name="type">The type.</param>
    public static string Of(InteractionType type) => type switch
    {
        InteractionType.View => "view",
        InteractionType.Like => "like",
        InteractionType.Dislike => "dislike",
        InteractionType.Rate => "rate",
        InteractionType.Dismiss => "dismiss",
        InteractionType.Consume => "consume",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not an interaction type"),
    };

    /// <summary>Reads a name, whatever its case.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The type, or null when there is none of that name.</returns>
    public static InteractionType? Parse(string name)
    {
        foreach (var type in Enum.GetValues<InteractionType>())
        {
            if (string.Equals(Of(type), name, StringComparison.OrdinalIgnoreCase))
                return type;
        }
        return null;
    }
}
