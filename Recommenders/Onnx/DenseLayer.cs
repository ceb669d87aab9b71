using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace AgentRec.Recommenders.Onnx;

/// <summary>What a layer does to each of its outputs.</summary>
public enum Activation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,
}

/// <summary>A fully connected layer: activation(x W + b).</summary>
/// <param name="Inputs">The length of x.</param>
/// <param name="Outputs">The length of the result.</param>
/// <param name="Weights">W, row-major [inputs, outputs].</param>
/// <param name="Bias">b, [outputs].</param>
/// <param name="Activation">What is done to each output.</param>
public sealed record DenseLayer(int Inputs, int Outputs, ImmutableArray<float> Weights, ImmutableArray<float> Bias, Activation Activation)
{
    /// <summary>W, row-major [inputs, outputs].</summary>
    public ImmutableArray<float> Weights { get; } = Sized(nameof(Weights), Weights, Inputs * Outputs);

    /// <summary>b, [outputs].</summary>
    public ImmutableArray<float> Bias { get; } = Sized(nameof(Bias), Bias, Outputs);

    /// <summary>Evaluates the layer for one row.</summary>
    /// <param name="input">x, [inputs].</param>
    /// <param name="output">The result, [outputs].</param>
    internal void Apply(ReadOnlySpan<float> input, Span<float> output)
    {
        var weights = Weights.AsSpan();
        Bias.CopyTo(output);
        if (Outputs == 1)
        {
            output[0] += TensorPrimitives.Dot(input, weights);
        }
        else
        {
            // Along the outputs, which lie side by side: each input adds its multiple of a row of W.
            for (var i = 0; i < input.Length; i++)
                TensorPrimitives.MultiplyAdd(weights.Slice(i * Outputs, Outputs), input[i], output, output);
        }
        switch (Activation)
        {
            case Activation.Relu:
                TensorPrimitives.Max(output, 0f, output);
                break;
            case Activation.Tanh:
                TensorPrimitives.Tanh(output, output);
                break;
        }
    }

    private static ImmutableArray<float> Sized(string name, ImmutableArray<float> values, int length) =>
        values.Length == length ? values
        : throw new ArgumentException($"{name} has {values.Length} values; this layer's shape asks for {length}.", name);
}
