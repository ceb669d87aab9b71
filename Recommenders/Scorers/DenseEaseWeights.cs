using System.Buffers;
using System.Numerics.Tensors;
using AgentRec.Recommenders.Linear;

namespace AgentRec.Recommenders.Scorers;

/// <summary>EASE by items: B written out in rows of floats over the items that have positives.</summary>
internal sealed class DenseEaseWeights : IEaseWeights
{
    private readonly float[] rows;
    private readonly int[] members;
    private readonly int[] places;

    /// <summary>Takes over a solved B.</summary>
    /// <param name="itemCount">The number of items of the catalogue.</param>
    /// <param name="members">The handles that B covers, ascending.</param>
    /// <param name="rows">B, row-major [members, members].</param>
    public DenseEaseWeights(int itemCount, int[] members, float[] rows)
    {
        this.members = members;
        this.rows = rows;
        places = new int[itemCount];
        Array.Fill(places, -1);
        for (var place = 0; place < members.Length; place++)
            places[members[place]] = place;
    }

    /// <inheritdoc/>
    public int ItemCount => places.Length;

    /// <summary>The handles that B covers, ascending.</summary>
    public ReadOnlySpan<int> Members => members;

    /// <summary>B, row-major.</summary>
    public ReadOnlySpan<float> Rows => rows;

    /// <summary>Solves for B.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="workers">How many threads, and when to stop.</param>
    public static DenseEaseWeights Solve(TrainingData data, EaseParameters parameters, ParallelOptions workers)
    {
        int[] covered =
        [
            .. Enumerable.Range(0, data.ItemCount)
                .Where(item => data.PositiveCounts[item] > 0)
                .OrderByDescending(item => data.PositiveCounts[item])
                .ThenBy(item => StableHash.Of(0, (ulong)item))
                .Take(parameters.MaximumItems)
                .Order(),
        ];
        var n = covered.Length;
        var weights = new DenseEaseWeights(data.ItemCount, covered, new float[(long)n * n]);
        var matrix = weights.rows;
        Parallel.For(0, n, workers, place =>
        {
            var row = matrix.AsSpan((int)((long)place * n), n);
            foreach (var user in data.ItemUsers[covered[place]])
            {
                foreach (var item in data.UserItems[user])
                {
                    if (weights.places[item] is >= 0 and var other)
                        row[other]++;
                }
            }
            row[place] += (float)parameters.Regularisation;
        });
        SymmetricInverse.Invert(matrix, n, workers);
        float[] scale = [.. Enumerable.Range(0, n).Select(place => -1 / matrix[((long)place * n) + place])];
        Parallel.For(0, n, workers, place =>
        {
            var row = matrix.AsSpan((int)((long)place * n), n);
            TensorPrimitives.Multiply(row, scale, row);
            row[place] = 0;
        });
        return weights;
    }

    /// <inheritdoc/>
    public void Score(UserHistory history, Span<float> scores)
    {
        scores.Clear();
        var n = members.Length;
        var sum = ArrayPool<float>.Shared.Rent(n);
        var target = sum.AsSpan(0, n);
        target.Clear();
        foreach (var item in history.Items)
        {
            if (Place(item) is >= 0 and var place)
                TensorPrimitives.Add(target, rows.AsSpan((int)((long)place * n), n), target);
        }
        for (var place = 0; place < n; place++)
            scores[members[place]] = target[place];
        ArrayPool<float>.Shared.Return(sum);
    }

    /// <inheritdoc/>
    public void Contributions(UserHistory history, int handle, Span<float> contributions)
    {
        var column = Place(handle);
        for (var i = 0; i < history.Count; i++)
            contributions[i] = column >= 0 && Place(history.Items[i]) is >= 0 and var row ? rows[((long)row * members.Length) + column] : 0;
    }

    private int Place(int item) => item < places.Length ? places[item] : -1;
}
