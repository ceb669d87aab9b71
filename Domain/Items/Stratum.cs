namespace AgentRec.Domain;

/// <summary>
/// How popular an item is, by its positive interactions in the training data: over the items with at least one, head is at
/// or above the 0.9 quantile (nearest rank), torso at or above 0.6; everything else is tail, items without any included.
/// </summary>
public enum Stratum
{
    /// <summary>The long tail.</summary>
    Tail,

    /// <summary>The middle.</summary>
    Torso,

    /// <summary>The best known.</summary>
    Head,
}
