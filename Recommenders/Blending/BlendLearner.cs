using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace AgentRec.Recommenders.Blending;

/// <summary>
/// Learns weights by multinomial logistic regression over the whole catalogue: each held-out item should be chosen from all
/// candidates with probability proportional to exp(raw). (The listwise loss of ListNet: Cao et al., Learning to rank, ICML
/// 2007.) The loss is convex in so few weights, so Newton's method finds its minimum in some ten steps.
/// </summary>
internal static class BlendLearner
{
    private const int MaximumSteps = 25;

    /// <summary>Finds the weights.</summary>
    /// <param name="examples">Held-out users, each counting alike.</param>
    /// <param name="scorers">The number of scorers.</param>
    /// <param name="ridge">Weight decay; keeps weights finite where users are few.</param>
    /// <param name="workers">How many threads, and when to stop.</param>
    public static double[] Learn(IReadOnlyList<BlendExample> examples, int scorers, double ridge, ParallelOptions workers)
    {
        var weights = Vector<double>.Build.Dense(scorers);
        var (loss, gradient, hessian) = Evaluate(examples, weights, ridge, workers);
        for (var step = 0; step < MaximumSteps; step++)
        {
            var direction = hessian.Cholesky().Solve(gradient);
            var decrease = direction.DotProduct(gradient);
            if (decrease < 1e-9)
                break;
            for (var length = 1.0; length > 1e-6; length /= 2)
            {
                var next = weights - (direction * length);
                var candidate = Evaluate(examples, next, ridge, workers);
                if (candidate.Loss > loss - (0.25 * length * decrease))
                    continue;
                (weights, (loss, gradient, hessian)) = (next, candidate);
                break;
            }
        }
        return weights.ToArray();
    }

    private static (double Loss, Vector<double> Gradient, Matrix<double> Hessian) Evaluate(
        IReadOnlyList<BlendExample> examples, Vector<double> weights, double ridge, ParallelOptions workers)
    {
        var parts = new (double Loss, double[] Gradient, double[,] Hessian)[examples.Count];
        Parallel.For(0, examples.Count, workers, i => parts[i] = Part(examples[i], weights));
        var loss = ridge / 2 * weights.DotProduct(weights);
        var gradient = weights * ridge;
        var hessian = Matrix<double>.Build.DenseDiagonal(weights.Count, ridge);
        // Summed in order: the result must not depend on the number of threads.
        foreach (var part in parts)
        {
            loss += part.Loss / examples.Count;
            gradient += Vector<double>.Build.Dense(part.Gradient) / examples.Count;
            hessian += Matrix<double>.Build.DenseOfArray(part.Hessian) / examples.Count;
        }
        return (loss, gradient, hessian);
    }

    private static (double Loss, double[] Gradient, double[,] Hessian) Part(BlendExample example, Vector<double> weights)
    {
        var n = example.Count;
        var p = new float[n];
        for (var s = 0; s < weights.Count; s++)
            TensorPrimitives.MultiplyAdd(Feature(s), (float)weights[s], p, p);
        var greatest = TensorPrimitives.Max<float>(p);
        var taken = example.Targets.Average(target => (double)p[target]);
        TensorPrimitives.Subtract(p, greatest, p);
        TensorPrimitives.Exp(p, p);
        var total = TensorPrimitives.Sum<float>(p);
        TensorPrimitives.Divide(p, total, p);
        var loss = greatest + Math.Log(total) - taken;
        var (gradient, hessian) = (new double[weights.Count], new double[weights.Count, weights.Count]);
        var expected = new double[weights.Count];
        var weighted = new float[n];
        for (var s = 0; s < weights.Count; s++)
        {
            var feature = Feature(s);
            expected[s] = TensorPrimitives.Dot(p, feature);
            gradient[s] = expected[s] - example.Targets.Average(target => (double)Feature(s)[target]);
            TensorPrimitives.Multiply(p, feature, weighted);
            for (var other = 0; other <= s; other++)
                hessian[s, other] = hessian[other, s] = TensorPrimitives.Dot<float>(weighted, Feature(other)) - (expected[s] * expected[other]);
        }
        return (loss, gradient, hessian);

        ReadOnlySpan<float> Feature(int scorer) => example.Features.AsSpan(scorer * n, n);
    }
}
