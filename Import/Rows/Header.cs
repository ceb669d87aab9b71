namespace AgentRec.Import.Rows;

/// <summary>The columns that a file names in its first record; names are compared whatever their case.</summary>
/// <param name="fields">The record's fields.</param>
internal sealed class Header(IReadOnlyList<string> fields)
{
    /// <summary>The columns' names in order.</summary>
    public IReadOnlyList<string> Columns { get; } = [.. fields.Select(field => field.Trim())];

    /// <summary>The place of a column, or -1.</summary>
    /// <param name="column">The column's name.</param>
    public int Index(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (string.Equals(Columns[i], column, StringComparison.OrdinalIgnoreCase))
                return i;
        }
        return -1;
    }

    /// <summary>A record's field of a column, or null when the header lacks the column or the field is empty.</summary>
    /// <param name="record">The record's fields, as many as columns.</param>
    /// <param name="column">The column's name.</param>
    public string? Field(IReadOnlyList<string> record, string column) =>
        Index(column) is >= 0 and var index && record[index].Length > 0 ? record[index] : null;

    /// <summary>Says why the header cannot be used, or null.</summary>
    /// <param name="required">Columns that it must name.</param>
    public string? Problem(IReadOnlyList<string> required)
    {
        foreach (var column in required)
        {
            if (Index(column) < 0)
                return $"the header lacks the column '{column}': it is {Quote.Of(string.Join(',', Columns))}";
        }
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Length == 0)
                return $"column {i + 1} of the header has no name";
            if (Index(Columns[i]) < i)
                return $"the header names the column '{Columns[i]}' twice";
        }
        return null;
    }
}
