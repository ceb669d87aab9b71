namespace AgentRec.Domain;

/// <summary>
/// How popular an item is, by its positive interactions in the training data: over the items with at least one, head and
/// torso begin at the quantiles that <see cref="Strata"/> names; everything else is tail, items without any included.
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
