namespace AgentRec.Domain;

/// <summary>One act of a user on an item.</summary>
/// <param name="InteractionId">Unique within the tenant: the same id with the same content is a duplicate, with other content an error.</param>
/// <param name="UserId">The user.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Type">What was done.</param>
/// <param name="Value">For <see cref="InteractionType.Rate"/> the rating, 0.5 to 5; otherwise nothing, or a finite amount of the caller's.</param>
/// <param name="Timestamp">When it happened, where that is known; otherwise the time of arrival counts.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Interaction")]
public sealed record Interaction(
    [property: Id(0)] string InteractionId,
    [property: Id(1)] string UserId,
    [property: Id(2)] string ItemId,
    [property: Id(3)] InteractionType Type,
    [property: Id(4)] double? Value,
    [property: Id(5)] DateTimeOffset? Timestamp)
{
    /// <summary>The least rating.</summary>
    public const double LeastRating = 0.5;

    /// <summary>The greatest rating.</summary>
    public const double GreatestRating = 5;

    /// <summary>Ratings at or above this are positive.</summary>
    public const double PositiveRating = 4;

    /// <summary>True for rate, consume, like and dislike: the user knows the item now, and is not shown it again.</summary>
    public bool IsConsumed => Type is InteractionType.Rate or InteractionType.Consume or InteractionType.Like or InteractionType.Dislike;

    /// <summary>True for like, consume and ratings at or above <see cref="PositiveRating"/>.</summary>
    public bool IsPositive => Type is InteractionType.Like or InteractionType.Consume
        || (Type is InteractionType.Rate && Value >= PositiveRating);

    /// <summary>Says what is wrong with the interaction by field, or null when nothing is.</summary>
    /// <returns>The field's name (camelCase) and a phrase that completes "the field ...".</returns>
    public (string Field, string Problem)? Problem()
    {
        if (Identifier.Problem(InteractionId) is { } id)
            return ("interactionId", id);
        if (Identifier.Problem(UserId) is { } user)
            return ("userId", user);
        if (Identifier.Problem(ItemId) is { } item)
            return ("itemId", item);
        if (!Enum.IsDefined(Type))
            return ("type", "must be one of view, like, dislike, rate, dismiss, consume");
        if (Type is InteractionType.Rate && Value is not (>= LeastRating and <= GreatestRating))
            return ("value", $"must be a rating from {LeastRating} to {GreatestRating}");
        if (Value is { } value && !double.IsFinite(value))
            return ("value", "must be a finite number");
        return null;
    }
}
