namespace AgentRec.Grains.Reasons;

/// <summary>How a user came to an item that was received well.</summary>
internal enum DeedKind
{
    /// <summary>It was, in one way or another; how is no longer in memory.</summary>
    TookTo,

    /// <summary>The user watched, read or bought it.</summary>
    Chose,

    /// <summary>The user said so.</summary>
    Liked,

    /// <summary>The user gave it a good rating.</summary>
    Rated,
}

/// <summary>What a user last did with an item that was received well.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Rating">The rating of 5, where it was one.</param>
internal readonly record struct Deed(DeedKind Kind, double? Rating = null);
