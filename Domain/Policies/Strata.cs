namespace AgentRec.Domain;

/// <summary>
/// Where the strata of the derived facet <see cref="FacetNames.Stratum"/> begin: quantiles (nearest rank) of the positive
/// interactions over the items with at least one. Everything below <see cref="Torso"/> is tail.
/// </summary>
/// <param name="Head">The quantile at and above which items are head, in (0,1).</param>
/// <param name="Torso">The quantile at and above which they are torso, in (0,1) and below <paramref name="Head"/>.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Strata")]
public sealed record Strata([property: Id(0)] decimal Head, [property: Id(1)] decimal Torso)
{
    /// <summary>The boundaries of a rule set that states none: 0.9 and 0.6.</summary>
    public static Strata Default { get; } = new(0.9m, 0.6m);
}
