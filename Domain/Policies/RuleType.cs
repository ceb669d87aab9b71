namespace AgentRec.Domain;

/// <summary>What a rule speaks about.</summary>
public enum RuleType
{
    /// <summary>How many items carry one of the values; with <c>forEach</c>, how many carry each value.</summary>
    Count,

    /// <summary>The same as a part of the slate's length, in [0,1].</summary>
    Share,

    /// <summary>How many different values the slate carries.</summary>
    Distinct,

    /// <summary>The sum of a numeric facet.</summary>
    Total,

    /// <summary>The mean of a numeric facet over the items that have a number.</summary>
    Average,

    /// <summary>The least distance between places that carry the same value; 2 keeps them from standing side by side.</summary>
    Gap,

    /// <summary>Items that carry one of the values stay out.</summary>
    Exclude,

    /// <summary>Only items that carry one of the values come in.</summary>
    Allow,

    /// <summary>Items rated above a step of a maturity scale stay out.</summary>
    Maturity,

    /// <summary>Items shown to the user this often within some days stay out.</summary>
    FrequencyCap,

    /// <summary>Facet shares in proportion to what the user takes to; a wish.</summary>
    Calibration,

    /// <summary>An item that carries one of the values holds a given place.</summary>
    Pin,
}

/// <summary>What becomes of a rule that cannot be met.</summary>
public enum RuleSeverity
{
    /// <summary>Concerns single items and filters candidates; it is never relaxed, the slate gets shorter instead.</summary>
    Safety,

    /// <summary>Holds for every slate; set to its nearest attainable bound only when no slate satisfies all hard rules.</summary>
    Hard,

    /// <summary>A wish: its violation costs weight in the objective.</summary>
    Soft,
}
