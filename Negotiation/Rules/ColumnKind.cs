namespace AgentRec.Negotiation.Rules;

/// <summary>How a column adds up over a slate.</summary>
internal enum ColumnKind
{
    /// <summary>The sum of an amount lies within the bounds.</summary>
    Sum,

    /// <summary>No value occurs more often than the upper bound.</summary>
    EachAtMost,

    /// <summary>Every value that occurs does so at least as often as the lower bound.</summary>
    EachAtLeast,

    /// <summary>The number of different values lies within the bounds.</summary>
    Distinct,

    /// <summary>The mean of an amount, over the candidates that have one, lies within the bounds.</summary>
    Average,

    /// <summary>The shares of values are near a target.</summary>
    Shares,

    /// <summary>Places that carry the same value are so far apart.</summary>
    Gap,

    /// <summary>A member holds a place.</summary>
    Pin,
}

/// <summary>What one unit of a column's values and bounds is.</summary>
internal enum ColumnUnit
{
    /// <summary>An item, a value or a place.</summary>
    Items,

    /// <summary>An item, where the rule bounds its part of the slate.</summary>
    Part,

    /// <summary>A millionth.</summary>
    Millionths,
}
