namespace AgentRec.Recommenders.Scorers;

/// <summary>A sparse matrix of weights from item to item in compressed rows, targets of a row ascending.</summary>
/// <param name="starts">Where each row starts, with the total at the end.</param>
/// <param name="targets">The target items, row after row.</param>
/// <param name="weights">The weights, parallel to <paramref name="targets"/>.</param>
internal sealed class Neighbours(int[] starts, int[] targets, float[] weights)
{
    /// <summary>The number of rows.</summary>
    public int Count => starts.Length - 1;

    /// <summary>Where each row starts, with the total at the end.</summary>
    public ReadOnlySpan<int> Starts => starts;

    /// <summary>The target items of all rows.</summary>
    public ReadOnlySpan<int> Targets => targets;

    /// <summary>The weights of all rows.</summary>
    public ReadOnlySpan<float> Weights => weights;

    /// <summary>Joins rows.</summary>
    /// <param name="rows">Targets, ascending, and their weights for each item.</param>
    public static Neighbours Join((int[] Targets, float[] Weights)[] rows)
    {
        var starts = new int[rows.Length + 1];
        for (var row = 0; row < rows.Length; row++)
            starts[row + 1] = starts[row] + rows[row].Targets.Length;
        var (targets, weights) = (new int[starts[^1]], new float[starts[^1]]);
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row].Targets.CopyTo(targets, starts[row]);
            rows[row].Weights.CopyTo(weights, starts[row]);
        }
        return new Neighbours(starts, targets, weights);
    }

    /// <summary>The same weights, from target to source.</summary>
    public Neighbours Transpose()
    {
        var next = new int[starts.Length];
        foreach (var target in targets)
            next[target + 1]++;
        for (var row = 0; row < Count; row++)
            next[row + 1] += next[row];
        var transposedStarts = next.ToArray();
        var (sources, transposed) = (new int[targets.Length], new float[targets.Length]);
        for (var row = 0; row < Count; row++)
        {
            for (var i = starts[row]; i < starts[row + 1]; i++)
            {
                var place = next[targets[i]]++;
                (sources[place], transposed[place]) = (row, weights[i]);
            }
        }
        return new Neighbours(transposedStarts, sources, transposed);
    }

    /// <summary>Adds a multiple of a row to a dense vector.</summary>
    /// <param name="row">The row.</param>
    /// <param name="factor">The multiple.</param>
    /// <param name="scores">The vector.</param>
    public void Add(int row, float factor, Span<float> scores)
    {
        for (var i = starts[row]; i < starts[row + 1]; i++)
            scores[targets[i]] += factor * weights[i];
    }

    /// <summary>The weight from one item to another; 0 where they are no neighbours.</summary>
    /// <param name="row">The item it goes out from.</param>
    /// <param name="target">The item it goes to.</param>
    public float Weight(int row, int target)
    {
        var place = Array.BinarySearch(targets, starts[row], starts[row + 1] - starts[row], target);
        return place < 0 ? 0 : weights[place];
    }
}
