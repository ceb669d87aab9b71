namespace AgentRec.Language.Vocabularies;

/// <summary>A facet whose values are numbers.</summary>
/// <param name="Name">The facet's name.</param>
/// <param name="Measure">What it measures; null where its name does not tell.</param>
/// <param name="Unit">The facet's unit in units of the measure: 60 for hours, 1 for minutes.</param>
internal sealed record NumericFacet(string Name, Measure? Measure, double Unit)
{
    private static readonly (Measure Measure, string[] Names)[] Names =
    [
        (Vocabularies.Measure.Year, ["year", "published", "publication", "release", "released"]),
        (Vocabularies.Measure.Duration, ["runtime", "duration", "playtime", "minutes", "hours"]),
        (Vocabularies.Measure.Pages, ["pages", "page"]),
        (Vocabularies.Measure.Price, ["price", "cost"]),
        (Vocabularies.Measure.Popularity, ["votes", "popularity", "reviews", "sales", "ratings"]),
        (Vocabularies.Measure.Rating, ["rating", "score", "stars"]),
        (Vocabularies.Measure.Weight, ["weight"]),
        (Vocabularies.Measure.Diagonal, ["screen", "inches", "diagonal"]),
    ];

    private static readonly (string Name, double Unit)[] Units =
        [("hours", 60), ("seconds", 1.0 / 60), ("grams", 0.001), ("g", 0.001), ("lb", Pound), ("lbs", Pound), ("pounds", Pound)];

    /// <summary>A pound in kilograms.</summary>
    public const double Pound = 0.45359237;

    /// <summary>Reads what a facet measures from its name.</summary>
    /// <param name="name">The facet's name.</param>
    /// <param name="parts">The words of the name.</param>
    public static NumericFacet Of(string name, IReadOnlyList<string> parts)
    {
        var measure = Names.Where(known => parts.Any(part => known.Names.Contains(part, StringComparer.Ordinal))).Select(known => (Measure?)known.Measure).FirstOrDefault();
        var unit = measure is Vocabularies.Measure.Duration or Vocabularies.Measure.Weight
            ? Units.Where(known => parts.Contains(known.Name, StringComparer.Ordinal)).Select(known => known.Unit).DefaultIfEmpty(1).First()
            : 1;
        return new NumericFacet(name, measure, unit);
    }
}
