namespace AgentRec.Language.Vocabularies;

/// <summary>What a number says of an item, whatever the catalogue calls the facet.</summary>
internal enum Measure
{
    /// <summary>The year it came out.</summary>
    Year,

    /// <summary>How long it takes, in minutes.</summary>
    Duration,

    /// <summary>How many pages it has.</summary>
    Pages,

    /// <summary>What it costs.</summary>
    Price,

    /// <summary>How it is rated.</summary>
    Rating,

    /// <summary>How many took to it.</summary>
    Popularity,

    /// <summary>What it weighs, in kilograms.</summary>
    Weight,

    /// <summary>Its size across, in inches.</summary>
    Diagonal,

    /// <summary>Duration, or pages where there is no duration.</summary>
    Length,
}
