namespace AgentRec.Domain;

/// <summary>
/// Names of facets that mean something to the system. A name may list alternatives, separated by
/// <see cref="Alternatives"/>: of these the first that an item has a value of counts.
/// </summary>
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

    /// <summary>Derived: the item's id, so that a rule can name an item.</summary>
    public const string Item = "item";

    /// <summary>Separates alternatives, as in <c>provider|decade</c>.</summary>
    public const char Alternatives = '|';
}
