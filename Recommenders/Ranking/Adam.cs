using System.Numerics.Tensors;

namespace AgentRec.Recommenders.Ranking;

/// <summary>Adam (Kingma, Ba, ICLR 2015) with decoupled weight decay.</summary>
/// <param name="weights">What is optimised, in place.</param>
/// <param name="decay">What share of a weight each step takes off, times the rate.</param>
internal sealed class Adam(float[] weights, double decay)
{
    private const float FirstMemory = 0.9f;
    private const float SecondMemory = 0.999f;
    private const float Least = 1e-8f;
    private readonly float[] _first = new float[weights.Length];
    private readonly float[] _second = new float[weights.Length];
    private readonly float[] _step = new float[weights.Length];
    private int _steps;

    /// <summary>Takes a step.</summary>
    /// <param name="gradient">The gradient; it is overwritten.</param>
    /// <param name="rate">The learning rate.</param>
    public void Step(float[] gradient, double rate)
    {
        _steps++;
        TensorPrimitives.Multiply(_first, FirstMemory, _first);
        TensorPrimitives.MultiplyAdd(gradient, 1 - FirstMemory, _first, _first);
        TensorPrimitives.Multiply(gradient, gradient, gradient);
        TensorPrimitives.Multiply(_second, SecondMemory, _second);
        TensorPrimitives.MultiplyAdd(gradient, 1 - SecondMemory, _second, _second);
        TensorPrimitives.Multiply(_second, (float)(1 / (1 - Math.Pow(SecondMemory, _steps))), _step);
        TensorPrimitives.Sqrt(_step, _step);
        TensorPrimitives.Add(_step, Least, _step);
        TensorPrimitives.Divide(_first, _step, _step);
        TensorPrimitives.Multiply(weights, (float)(1 - (rate * decay)), weights);
        TensorPrimitives.MultiplyAdd(_step, (float)(-rate / (1 - Math.Pow(FirstMemory, _steps))), weights, weights);
    }
}
