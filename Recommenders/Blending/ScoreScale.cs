using System.Numerics.Tensors;

namespace AgentRec.Recommenders.Blending;

/// <summary>
/// Puts the scores of different scorers on one scale. For each user, scores become standard deviations from their mean over the
/// items known at training, then their logarithm, sign(z) log(1 + |z|): a scorer whose few scores tower over the rest must not
/// drown the others. Nothing depends on which items are candidates.
/// </summary>
internal static class ScoreScale
{
    /// <summary>No feature exceeds this: among n scores none is more than sqrt(n) deviations from the mean, and n &lt; 2^31.</summary>
    public const double Greatest = 10.75;

    /// <summary>Rescales in place.</summary>
    /// <param name="scores">Scores by handle.</param>
    /// <param name="trained">The number of items known at training: only they make mean and deviation.</param>
    public static void Apply(Span<float> scores, int trained)
    {
        var known = scores[..trained];
        var mean = trained == 0 ? 0 : TensorPrimitives.Sum<float>(known) / trained;
        TensorPrimitives.Subtract(scores, mean, scores);
        var deviation = trained == 0 ? 0 : MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(known) / trained);
        if (!(deviation > 1e-12f))
        {
            scores.Clear();
            return;
        }
        TensorPrimitives.Divide(scores, deviation, scores);
        for (var i = 0; i < scores.Length; i++)
            scores[i] = MathF.CopySign(MathF.Log(1 + MathF.Abs(scores[i])), scores[i]);
    }
}
