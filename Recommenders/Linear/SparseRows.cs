using System.Collections.Immutable;

namespace AgentRec.Recommenders.Linear;

/// <summary>A sparse 0/1 matrix in compressed rows.</summary>
/// <param name="columnCount">The number of columns.</param>
/// <param name="starts">Where each row starts in <paramref name="columns"/>, with the total at the end.</param>
/// <param name="columns">The columns that hold a one, row after row.</param>
internal sealed class SparseRows(int columnCount, int[] starts, int[] columns)
{
    /// <summary>The number of rows.</summary>
    public int RowCount => starts.Length - 1;

    /// <summary>The number of columns.</summary>
    public int ColumnCount => columnCount;

    /// <summary>Where each row starts, with the total at the end.</summary>
    public ReadOnlySpan<int> Starts => starts;

    /// <summary>The columns of all rows.</summary>
    public ReadOnlySpan<int> Columns => columns;

    /// <summary>The columns that hold a one in a row.</summary>
    /// <param name="row">The row.</param>
    public ReadOnlySpan<int> this[int row] => columns.AsSpan(starts[row]..starts[row + 1]);

    /// <summary>Gathers rows.</summary>
    /// <param name="columnCount">The number of columns.</param>
    /// <param name="rows">The columns of each row.</param>
    public static SparseRows FromRows(int columnCount, IEnumerable<ImmutableArray<int>> rows)
    {
        var starts = new List<int> { 0 };
        var columns = new List<int>();
        foreach (var row in rows)
        {
            columns.AddRange(row.AsSpan());
            starts.Add(columns.Count);
        }
        return new SparseRows(columnCount, [.. starts], [.. columns]);
    }

    /// <summary>The transposed matrix; each of its rows is ascending.</summary>
    public SparseRows Transpose()
    {
        var next = new int[columnCount + 1];
        foreach (var column in columns)
            next[column + 1]++;
        for (var column = 0; column < columnCount; column++)
            next[column + 1] += next[column];
        var transposedStarts = next.ToArray();
        var rows = new int[columns.Length];
        for (var row = 0; row < RowCount; row++)
        {
            foreach (var column in this[row])
                rows[next[column]++] = row;
        }
        return new SparseRows(RowCount, transposedStarts, rows);
    }
}
