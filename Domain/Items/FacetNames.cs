namespace AgentRec.Domain;

/// <summary>Names of facets that mean something to the system.</summary>
public static class FacetNames
{
    /// <summary>Stated: the genres, the most telling first.</summary>
    public const string Genre = "genre";

    /// <summary>Stated: the year of publication.</summary>
    public const string Year = "year";

    /// <summary>Stated: the maturity rating.</summary>
    public const string Maturity = "maturity";

    /// <summary>Derived: the first value of <see cref="Genre"/>.</summary>
    public const string FirstGenre = "firstGenre";

    /// <summary>Derived: the decade of <see cref="Year"/>, such as <c>1990s</c>.</summary>
    public const string Decade = "decade";

    /// <summary>Derived: <c>head</c>, <c>torso</c> or <c>tail</c> (see <see cref="Domain.Stratum"/>).</summary>
    public const string Stratum = "stratum";

    /// <summary>Derived: the item's provider.</summary>
    public const string Provider = "provider";
}
