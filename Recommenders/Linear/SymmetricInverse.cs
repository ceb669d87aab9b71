using System.Numerics.Tensors;

namespace AgentRec.Recommenders.Linear;

/// <summary>
/// Inverts symmetric positive definite matrices in place: blocked Cholesky A = L L', then inv(A) = inv(L)' inv(L). All inner
/// loops are dot products of contiguous rows, and rows are computed independently of the number of threads.
/// </summary>
/// <remarks>MathNet's managed provider needs minutes where this needs seconds (3,500 x 3,500).</remarks>
internal static class SymmetricInverse
{
    private const int Block = 64;
    private const int Strip = 16;

    /// <summary>Inverts a matrix.</summary>
    /// <param name="a">Row-major [n, n], of which the lower triangle is read; receives the inverse, both triangles.</param>
    /// <param name="n">The number of rows.</param>
    /// <param name="workers">How many threads, and when to stop.</param>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static void Invert(float[] a, int n, ParallelOptions workers)
    {
        Factor(a, n, workers);
        var u = InverseOfFactor(a, n, workers);
        Multiply(a, u, n, workers);
    }

    private static Span<float> Row(float[] a, int n, int row) => a.AsSpan((int)((long)row * n), n);

    private static void Factor(float[] a, int n, ParallelOptions workers)
    {
        for (var start = 0; start < n; start += Block)
        {
            var (first, end) = (start, Math.Min(start + Block, n));
            for (var i = first; i < end; i++)
                FactorRow(a, n, i, first, i + 1);
            Parallel.For(end, n, workers, i => FactorRow(a, n, i, first, end));
        }
    }

    private static void FactorRow(float[] a, int n, int i, int first, int end)
    {
        var row = Row(a, n, i);
        for (var j = first; j < end; j++)
        {
            var other = Row(a, n, j);
            var rest = row[j] - TensorPrimitives.Dot<float>(row[..j], other[..j]);
            if (i != j)
                row[j] = rest / other[j];
            else if (rest > 0)
                row[j] = MathF.Sqrt(rest);
            else
                throw new ArithmeticException($"The {n} x {n} matrix is not positive definite at row {i} (pivot {rest}): raise the regularisation.");
        }
    }

    // Row c of the result is column c of inv(L): entries from c on.
    private static float[] InverseOfFactor(float[] l, int n, ParallelOptions workers)
    {
        var u = new float[(long)n * n];
        Parallel.For(0, (n + Strip - 1) / Strip, workers, strip =>
        {
            var (first, end) = (strip * Strip, Math.Min((strip + 1) * Strip, n));
            for (var j = first; j < n; j++)
            {
                var factor = Row(l, n, j);
                for (var c = first; c < Math.Min(end, j + 1); c++)
                {
                    var column = Row(u, n, c);
                    column[j] = c == j ? 1 / factor[j] : -TensorPrimitives.Dot<float>(factor[c..j], column[c..j]) / factor[j];
                }
            }
        });
        return u;
    }

    private static void Multiply(float[] a, float[] u, int n, ParallelOptions workers)
    {
        Parallel.For(0, (n + Strip - 1) / Strip, workers, strip =>
        {
            var (first, end) = (strip * Strip, Math.Min((strip + 1) * Strip, n));
            for (var j = 0; j < end; j++)
            {
                var right = Row(u, n, j);
                for (var i = Math.Max(first, j); i < end; i++)
                    a[((long)i * n) + j] = TensorPrimitives.Dot<float>(Row(u, n, i)[i..], right[i..]);
            }
        });
        Parallel.For(0, n, workers, i =>
        {
            for (var j = i + 1; j < n; j++)
                a[((long)i * n) + j] = a[((long)j * n) + i];
        });
    }
}
