namespace AgentRec.Domain;

/// <summary>What a user did with an item.</summary>
public enum InteractionType
{
    /// <summary>Looked at it.</summary>
    View,

    /// <summary>Said that it is liked.</summary>
    Like,

    /// <summary>Said that it is disliked.</summary>
    Dislike,

    /// <summary>Gave it a rating; the interaction's value is the rating of 5.</summary>
    Rate,

    /// <summary>Waved it away.</summary>
    Dismiss,

    /// <summary>Watched, read, bought or otherwise used it.</summary>
    Consume,
}
