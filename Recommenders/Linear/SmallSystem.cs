using System.Numerics.Tensors;

namespace AgentRec.Recommenders.Linear;

/// <summary>Solves the small symmetric positive definite systems of least squares, in place and without allocation.</summary>
internal static class SmallSystem
{
    /// <summary>Adds the outer product of a vector to the lower triangle of a matrix.</summary>
    /// <param name="a">Row-major [d, d].</param>
    /// <param name="v">The vector, d long.</param>
    public static void AddOuter(Span<float> a, ReadOnlySpan<float> v)
    {
        var d = v.Length;
        for (var row = 0; row < d; row++)
        {
            var target = a.Slice(row * d, row + 1);
            TensorPrimitives.MultiplyAdd(v[..(row + 1)], v[row], target, target);
        }
    }

    /// <summary>Replaces the lower triangle of a matrix by its Cholesky factor.</summary>
    /// <param name="a">Row-major [d, d], symmetric positive definite.</param>
    /// <param name="d">The number of rows.</param>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static void Factor(Span<float> a, int d)
    {
        for (var i = 0; i < d; i++)
        {
            var row = a.Slice(i * d, d);
            for (var j = 0; j <= i; j++)
            {
                var other = a.Slice(j * d, d);
                var rest = row[j] - TensorPrimitives.Dot<float>(row[..j], other[..j]);
                if (i != j)
                    row[j] = rest / other[j];
                else if (rest > 0)
                    row[j] = MathF.Sqrt(rest);
                else
                    throw new ArithmeticException($"The {d} x {d} system is not positive definite at row {i} (pivot {rest}): raise the regularisation.");
            }
        }
    }

    /// <summary>Solves L L' x = b.</summary>
    /// <param name="l">The factor from <see cref="Factor"/>.</param>
    /// <param name="b">The right-hand side; receives the solution.</param>
    public static void Solve(ReadOnlySpan<float> l, Span<float> b)
    {
        var d = b.Length;
        for (var i = 0; i < d; i++)
            b[i] = (b[i] - TensorPrimitives.Dot<float>(l.Slice(i * d, i), b[..i])) / l[(i * d) + i];
        for (var i = d - 1; i >= 0; i--)
        {
            b[i] /= l[(i * d) + i];
            TensorPrimitives.MultiplyAdd(l.Slice(i * d, i), -b[i], b[..i], b[..i]);
        }
    }
}
