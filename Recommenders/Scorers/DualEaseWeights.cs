using System.Buffers;
using System.Numerics.Tensors;
using AgentRec.Recommenders.Linear;

namespace AgentRec.Recommenders.Scorers;

/// <summary>
/// EASE by users. With C = inv(X X' + lambda I) [users, users] and K = X' C X, B(h,j) = K(h,j) / (1 - K(j,j)) off the diagonal.
/// A user's scores cost one product with C and one pass over the positives, so B, which is hundreds of times larger, is never
/// written out.
/// </summary>
internal sealed class DualEaseWeights : IEaseWeights
{
    private readonly float[] inverse;
    private readonly SparseRows users;
    private readonly SparseRows items;
    private readonly float[] diagonal;

    /// <summary>Takes over a solved C.</summary>
    /// <param name="inverse">C, row-major.</param>
    /// <param name="users">X.</param>
    public DualEaseWeights(float[] inverse, SparseRows users)
    {
        this.inverse = inverse;
        this.users = users;
        items = users.Transpose();
        diagonal = [.. Enumerable.Range(0, items.RowCount).Select(Diagonal)];
    }

    /// <inheritdoc/>
    public int ItemCount => items.RowCount;

    /// <summary>C.</summary>
    public ReadOnlySpan<float> Inverse => inverse;

    /// <summary>X.</summary>
    public SparseRows Users => users;

    /// <summary>Solves for C.</summary>
    /// <param name="data">The training data.</param>
    /// <param name="lambda">The regularisation.</param>
    /// <param name="workers">How many threads, and when to stop.</param>
    public static DualEaseWeights Solve(TrainingData data, double lambda, ParallelOptions workers)
    {
        var (x, transposed) = (data.UserItems, data.ItemUsers);
        var n = x.RowCount;
        var matrix = new float[(long)n * n];
        Parallel.For(0, n, workers, user =>
        {
            var row = matrix.AsSpan((int)((long)user * n), n);
            foreach (var item in x[user])
            {
                foreach (var other in transposed[item])
                    row[other]++;
            }
            row[user] += (float)lambda;
        });
        SymmetricInverse.Invert(matrix, n, workers);
        return new DualEaseWeights(matrix, x);
    }

    /// <inheritdoc/>
    public void Score(UserHistory history, Span<float> scores)
    {
        scores.Clear();
        var n = users.RowCount;
        var common = ArrayPool<float>.Shared.Rent(n);
        var overlap = common.AsSpan(0, n);
        overlap.Clear();
        foreach (var item in history.Items)
        {
            if (item < ItemCount)
            {
                foreach (var user in items[item])
                    overlap[user]++;
            }
        }
        for (var user = 0; user < n; user++)
        {
            var weight = TensorPrimitives.Dot(overlap, Row(user));
            foreach (var item in users[user])
                scores[item] += weight;
        }
        ArrayPool<float>.Shared.Return(common);
        // B has no diagonal: an item does not speak for itself.
        foreach (var item in history.Items)
        {
            if (item < ItemCount)
                scores[item] -= diagonal[item];
        }
        for (var item = 0; item < ItemCount; item++)
            scores[item] /= 1 - diagonal[item];
    }

    /// <inheritdoc/>
    public void Contributions(UserHistory history, int handle, Span<float> contributions)
    {
        var n = users.RowCount;
        var rented = ArrayPool<float>.Shared.Rent(n);
        var weights = rented.AsSpan(0, n);
        weights.Clear();
        foreach (var user in items[handle])
            TensorPrimitives.Add(weights, Row(user), weights);
        for (var i = 0; i < history.Count; i++)
        {
            var item = history.Items[i];
            contributions[i] = 0;
            if (item >= ItemCount || item == handle)
                continue;
            foreach (var user in items[item])
                contributions[i] += weights[user];
            contributions[i] /= 1 - diagonal[handle];
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    private ReadOnlySpan<float> Row(int user) => inverse.AsSpan((int)((long)user * users.RowCount), users.RowCount);

    private float Diagonal(int item)
    {
        var sum = 0.0;
        foreach (var user in items[item])
        {
            foreach (var other in items[item])
                sum += Row(user)[other];
        }
        return (float)sum;
    }
}
