using System.Collections.Immutable;
using AgentRec.Recommenders;

namespace AgentRec.Benchmarks.Tools;

/// <summary>
/// One epoch of iALS as the paper states it, a loop for every sum (Hu, Koren, Volinsky 2008, with the regularisation of Rendle et
/// al. 2022): what the fitted scorer is held against where no library can be.
/// </summary>
internal static class ImplicitAlsFormula
{
    /// <summary>Solves all users, then all items.</summary>
    /// <param name="data">The interactions.</param>
    /// <param name="d">The number of factors.</param>
    /// <param name="unobserved">The weight of what is not in the data.</param>
    /// <param name="regularisation">The regularisation.</param>
    /// <param name="workers">How many threads.</param>
    public static void Epoch(TrainingData data, int d, float unobserved, float regularisation, ParallelOptions workers)
    {
        var random = new Random(0);
        float[][] items = [.. Enumerable.Range(0, data.ItemCount).Select(_ => Enumerable.Range(0, d).Select(_ => (random.NextSingle() - 0.5f) / d).ToArray())];
        var users = new float[data.Users.Length][];
        var takers = new List<int>[data.ItemCount];
        for (var item = 0; item < takers.Length; item++)
            takers[item] = [];
        for (var user = 0; user < users.Length; user++)
        {
            foreach (var item in data.Users[user].Items)
                takers[item].Add(user);
        }
        SolveAll(users, items, user => data.Users[user].Items, d, unobserved, regularisation, workers);
        SolveAll(items, users, item => [.. takers[item]], d, unobserved, regularisation, workers);
    }

    private static void SolveAll(
        float[][] unknown, float[][] known, Func<int, ImmutableArray<int>> ones, int d, float unobserved, float regularisation, ParallelOptions workers)
    {
        var gram = new float[d, d];
        foreach (var row in known)
            AddOuter(gram, row, unobserved);
        Parallel.For(0, unknown.Length, workers, index =>
        {
            var (a, b, taken) = ((float[,])gram.Clone(), new float[d], ones(index));
            foreach (var other in taken)
            {
                AddOuter(a, known[other], 1);
                for (var i = 0; i < d; i++)
                    b[i] += known[other][i];
            }
            for (var i = 0; i < d; i++)
                a[i, i] += regularisation * (taken.Length + (unobserved * known.Length));
            unknown[index] = Solve(a, b);
        });
    }

    private static void AddOuter(float[,] a, float[] v, float weight)
    {
        for (var i = 0; i < v.Length; i++)
        {
            for (var j = 0; j < v.Length; j++)
                a[i, j] += weight * v[i] * v[j];
        }
    }

    // Cholesky, then both triangles.
    private static float[] Solve(float[,] a, float[] b)
    {
        var d = b.Length;
        for (var j = 0; j < d; j++)
        {
            for (var i = j; i < d; i++)
            {
                var rest = a[i, j];
                for (var k = 0; k < j; k++)
                    rest -= a[i, k] * a[j, k];
                a[i, j] = i == j ? MathF.Sqrt(rest) : rest / a[j, j];
            }
        }
        for (var i = 0; i < d; i++)
        {
            for (var k = 0; k < i; k++)
                b[i] -= a[i, k] * b[k];
            b[i] /= a[i, i];
        }
        for (var i = d - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < d; k++)
                b[i] -= a[k, i] * b[k];
            b[i] /= a[i, i];
        }
        return b;
    }
}
