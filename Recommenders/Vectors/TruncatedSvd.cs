using System.Numerics.Tensors;

namespace AgentRec.Recommenders.Vectors;

/// <summary>A weighted term.</summary>
/// <param name="Term">The term's number.</param>
/// <param name="Weight">Its weight.</param>
internal readonly record struct TermWeight(int Term, float Weight);

/// <summary>Finds the directions in which weighted terms vary most.</summary>
internal static class TruncatedSvd
{
    private const int Oversampling = 8;
    private const int Iterations = 6;

    /// <summary>
    /// The leading right singular vectors of a sparse matrix by subspace iteration (Halko, Martinsson, Tropp: Finding structure
    /// with randomness, SIAM Review 2011), rotated by Rayleigh-Ritz.
    /// </summary>
    /// <param name="rows">The matrix A, row by row.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="dimension">How many vectors to find.</param>
    /// <param name="seed">The seed of the start.</param>
    /// <returns>Row-major [columns, dimension]; directions that do not exist are 0.</returns>
    public static float[] RightVectors(IReadOnlyList<TermWeight[]> rows, int columns, int dimension, ulong seed)
    {
        var p = dimension + Oversampling;
        var z = new float[columns * p];
        for (var i = 0; i < z.Length; i++)
            z[i] = (int)(StableHash.Of(seed, (ulong)i) >> 40) / 8388608f - 1;
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            z = Orthonormal(z, columns, p);
            z = Product(rows, z, columns, p);
        }
        z = Orthonormal(z, columns, p);
        var (vectors, _) = Eigen(Gram(Product(rows, z, columns, p), z, p), p);
        return Rotate(z, columns, p, vectors, dimension);
    }

    // A' A Z without A' A.
    private static float[] Product(IReadOnlyList<TermWeight[]> rows, float[] z, int columns, int p)
    {
        var result = new float[columns * p];
        Span<float> image = stackalloc float[p];
        foreach (var row in rows)
        {
            image.Clear();
            foreach (var (term, weight) in row)
                TensorPrimitives.MultiplyAdd(z.AsSpan(term * p, p), weight, image, image);
            foreach (var (term, weight) in row)
            {
                var target = result.AsSpan(term * p, p);
                TensorPrimitives.MultiplyAdd(image, weight, target, target);
            }
        }
        return result;
    }

    // Z (Z'Z)^(-1/2); directions that have collapsed become 0.
    private static float[] Orthonormal(float[] z, int columns, int p)
    {
        var (vectors, values) = Eigen(Gram(z, z, p), p);
        for (var i = 0; i < p; i++)
        {
            var scale = values[i] > values[0] * 1e-10 ? 1 / Math.Sqrt(values[i]) : 0;
            for (var row = 0; row < p; row++)
                vectors[row, i] *= scale;
        }
        return Rotate(z, columns, p, vectors, p);
    }

    private static double[,] Gram(float[] left, float[] right, int p)
    {
        var gram = new double[p, p];
        for (var start = 0; start < left.Length; start += p)
        {
            for (var i = 0; i < p; i++)
            {
                for (var j = 0; j < p; j++)
                    gram[i, j] += left[start + i] * right[start + j];
            }
        }
        return gram;
    }

    private static (double[,] Vectors, double[] Values) Eigen(double[,] matrix, int p)
    {
        var dense = MathNet.Numerics.LinearAlgebra.Double.DenseMatrix.OfArray(matrix);
        var eigen = ((dense + dense.Transpose()) / 2).Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric);
        // MathNet orders eigenvalues ascending; here the greatest come first.
        var (vectors, values) = (new double[p, p], new double[p]);
        for (var i = 0; i < p; i++)
        {
            values[i] = eigen.EigenValues[p - 1 - i].Real;
            for (var row = 0; row < p; row++)
                vectors[row, i] = eigen.EigenVectors[row, p - 1 - i];
        }
        return (vectors, values);
    }

    private static float[] Rotate(float[] z, int columns, int p, double[,] rotation, int dimension)
    {
        var result = new float[columns * dimension];
        for (var column = 0; column < columns; column++)
        {
            for (var j = 0; j < dimension; j++)
            {
                var sum = 0.0;
                for (var i = 0; i < p; i++)
                    sum += z[(column * p) + i] * rotation[i, j];
                result[(column * dimension) + j] = (float)sum;
            }
        }
        return result;
    }
}
