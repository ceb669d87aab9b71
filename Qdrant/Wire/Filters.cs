namespace AgentRec.Qdrant.Wire;

/// <summary>A filter, or one condition of a filter: filters are conditions too. Only what is set is sent.</summary>
internal sealed record FilterClause
{
    /// <summary>Conditions that all must be met.</summary>
    public FilterClause[]? Must { get; init; }

    /// <summary>Conditions of which none may be met.</summary>
    public FilterClause[]? MustNot { get; init; }

    /// <summary>Conditions of which one must be met.</summary>
    public FilterClause[]? Should { get; init; }

    /// <summary>The path of the payload's field that <see cref="Match"/> or <see cref="Range"/> speaks of.</summary>
    public string? Key { get; init; }

    /// <summary>The field has a value.</summary>
    public MatchClause? Match { get; init; }

    /// <summary>The field has a number.</summary>
    public RangeClause? Range { get; init; }

    /// <summary>A field is empty.</summary>
    public EmptyField? IsEmpty { get; init; }
}

/// <summary>What a value must be; one of the two is set.</summary>
internal sealed record MatchClause
{
    /// <summary>This.</summary>
    public string? Value { get; init; }

    /// <summary>One of these.</summary>
    public string[]? Any { get; init; }
}

/// <summary>What a number must be.</summary>
internal sealed record RangeClause
{
    /// <summary>Greater than.</summary>
    public double? Gt { get; init; }

    /// <summary>At least.</summary>
    public double? Gte { get; init; }

    /// <summary>Less than.</summary>
    public double? Lt { get; init; }

    /// <summary>At most.</summary>
    public double? Lte { get; init; }
}

/// <summary>A field that is missing, null or without values.</summary>
/// <param name="Key">The field's path.</param>
internal sealed record EmptyField(string Key);
