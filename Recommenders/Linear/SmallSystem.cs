using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AgentRec.Recommenders.Linear;

/// <summary>
/// Solves the small symmetric positive definite systems of least squares, in place and without allocation. Matrices are
/// row-major [d, d] with d a multiple of <see cref="Lane"/>; only the upper triangle is meant, and what lies below it is
/// scratch: whole vectors are written even where a row of the triangle starts inside one.
/// </summary>
/// <remarks>MathNet's managed Cholesky takes 0.1 ms and allocates for each of the hundred thousand systems of one fit.</remarks>
internal static class SmallSystem
{
    /// <summary>What the order of a system must be a multiple of.</summary>
    public const int Lane = 8;

    /// <summary>Adds the outer product of a vector.</summary>
    /// <param name="a">The matrix.</param>
    /// <param name="v">The vector, d long.</param>
    public static void AddOuter(Span<float> a, ReadOnlySpan<float> v)
    {
        for (var i = 0; i < v.Length; i++)
            AddRow(a.Slice(i * v.Length, v.Length), v, v[i], i);
    }

    /// <summary>Replaces a matrix A by U with A = U'U.</summary>
    /// <param name="a">The matrix.</param>
    /// <param name="d">Its order.</param>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static void Factor(Span<float> a, int d)
    {
        for (var k = 0; k < d; k++)
        {
            var pivot = a.Slice(k * d, d);
            if (!(pivot[k] > 0))
                throw new ArithmeticException($"The {d} x {d} system is not positive definite at row {k} (pivot {pivot[k]}): raise the regularisation.");
            var scale = 1 / MathF.Sqrt(pivot[k]);
            TensorPrimitives.Multiply(pivot[k..], scale, pivot[k..]);
            for (var i = k + 1; i < d; i++)
                AddRow(a.Slice(i * d, d), pivot, -pivot[i], i);
        }
    }

    /// <summary>Solves U'U x = b.</summary>
    /// <param name="u">The factor from <see cref="Factor"/>.</param>
    /// <param name="b">The right-hand side, d long; receives the solution.</param>
    public static void Solve(ReadOnlySpan<float> u, Span<float> b)
    {
        var d = b.Length;
        for (var i = 0; i < d; i++)
        {
            var row = u.Slice(i * d, d);
            b[i] /= row[i];
            TensorPrimitives.MultiplyAdd(row[(i + 1)..], -b[i], b[(i + 1)..], b[(i + 1)..]);
        }
        for (var i = d - 1; i >= 0; i--)
        {
            var row = u.Slice(i * d, d);
            b[i] = (b[i] - TensorPrimitives.Dot(row[(i + 1)..], b[(i + 1)..])) / row[i];
        }
    }

    // target += factor * source, from the vector that holds component i on.
    private static void AddRow(Span<float> target, ReadOnlySpan<float> source, float factor, int i)
    {
        var factors = Vector256.Create(factor);
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var from = ref MemoryMarshal.GetReference(source);
        for (var at = (nuint)(i & -Lane); at < (nuint)target.Length; at += Lane)
            Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref from, at), factors, Vector256.LoadUnsafe(ref to, at)).StoreUnsafe(ref to, at);
    }
}
