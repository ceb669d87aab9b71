using AgentRec.Recommenders.Linear;
using MathNet.Numerics.LinearAlgebra;

namespace AgentRec.Tests.Unit.Recommenders;

public sealed class LinearTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(151)]
    public void Invert_OfPositiveDefiniteMatrix_AgreesWithMathNet(int n)
    {
        var matrix = PositiveDefinite(n);
        var values = Flat(matrix);

        SymmetricInverse.Invert(values, n, new ParallelOptions { MaxDegreeOfParallelism = 3 });

        var expected = matrix.Inverse();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                Assert.Equal(expected[i, j], values[(i * n) + j], 1e-5);
        }
    }

    [Fact]
    public void Invert_OfIndefiniteMatrix_SaysWhatToDo()
    {
        float[] values = [1, 2, 2, 1];
        var problem = Assert.Throws<ArithmeticException>(() => SymmetricInverse.Invert(values, 2, SmallData.OneWorker));
        Assert.Contains("regularisation", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Solve_OfSmallSystem_AgreesWithMathNet()
    {
        const int d = 16;
        var matrix = PositiveDefinite(d);
        var (a, b) = (Flat(matrix), Enumerable.Range(1, d).Select(i => (float)i).ToArray());
        var expected = matrix.Solve(Vector<double>.Build.Dense(d, i => i + 1));

        SmallSystem.Factor(a, d);
        SmallSystem.Solve(a, b);

        for (var i = 0; i < d; i++)
            Assert.Equal(expected[i], b[i], 1e-3);
    }

    [Fact]
    public void Transpose_Twice_IsTheSame()
    {
        var rows = SparseRows.FromRows(4, [[2, 0], [], [3, 2]]);
        var transposed = rows.Transpose();

        Assert.Equal([0], transposed[0].ToArray());
        Assert.Equal([0, 2], transposed[2].ToArray());
        Assert.Equal([0, 2], transposed.Transpose()[0].ToArray());
    }

    private static Matrix<double> PositiveDefinite(int n)
    {
        var random = new Random(n);
        var root = Matrix<double>.Build.Dense(n, n, (_, _) => random.NextDouble() - 0.5);
        return (root * root.Transpose()) + Matrix<double>.Build.DenseIdentity(n);
    }

    private static float[] Flat(Matrix<double> matrix) => [.. matrix.ToRowMajorArray().Select(value => (float)value)];
}
