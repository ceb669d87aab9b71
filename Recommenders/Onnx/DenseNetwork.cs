using System.Buffers;
using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace AgentRec.Recommenders.Onnx;

/// <summary>
/// A feed-forward ranking model with a direct path: s(x) = f(z) + w'z, z = (x - mean) * scale, where f is the chain of
/// layers and w are <see cref="LinearWeights"/>. Without a linear term the layers carry the score alone; with one they learn
/// what it leaves over. NaN in a row makes its score NaN.
/// </summary>
/// <param name="Mean">What is subtracted from each feature, [features].</param>
/// <param name="Scale">What the difference is multiplied by, [features].</param>
/// <param name="Layers">The layers, first to last: each takes what the one before gives; the last has one output.</param>
public sealed record DenseNetwork(ImmutableArray<float> Mean, ImmutableArray<float> Scale, ImmutableArray<DenseLayer> Layers)
{
    /// <summary>What is subtracted from each feature, [features].</summary>
    public ImmutableArray<float> Mean { get; } =
        Mean.Length == Scale.Length ? Mean
        : throw new ArgumentException($"Mean has {Mean.Length} values and Scale {Scale.Length}: each needs one for every feature.", nameof(Mean));

    /// <summary>What the difference is multiplied by, [features].</summary>
    public ImmutableArray<float> Scale { get; } = Scale;

    /// <summary>The layers, first to last.</summary>
    public ImmutableArray<DenseLayer> Layers { get; } = Chained(Layers, Mean.Length);

    /// <summary>The weights of the direct path, over standardised features, [features].</summary>
    /// <value>The default is empty: no direct path.</value>
    public ImmutableArray<float> LinearWeights
    {
        get;
        init => field = value.Length == 0 || value.Length == Mean.Length ? value
            : throw new ArgumentException($"{value.Length} linear weights were given for {Mean.Length} features: give one for each, or none.", nameof(value));
    } = [];

    /// <summary>The number of features in a row.</summary>
    public int Features => Mean.Length;

    /// <summary>Scores rows.</summary>
    /// <param name="rows">The rows, row-major [scores, features].</param>
    /// <param name="scores">Receives a score for each row; greater is better.</param>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        RowShape.Check(Features, rows, scores);
        var width = Math.Max(Features, Layers.Max(layer => layer.Outputs));
        var scratch = ArrayPool<float>.Shared.Rent(3 * width);
        var standardised = scratch.AsSpan(0, Features);
        for (var row = 0; row < scores.Length; row++)
        {
            TensorPrimitives.Subtract(rows.Slice(row * Features, Features), Mean.AsSpan(), standardised);
            TensorPrimitives.Multiply(standardised, Scale.AsSpan(), standardised);
            scores[row] = Forward(standardised, scratch.AsSpan(width, width), scratch.AsSpan(2 * width, width));
            if (LinearWeights.Length > 0)
                scores[row] += TensorPrimitives.Dot(standardised, LinearWeights.AsSpan());
        }
        ArrayPool<float>.Shared.Return(scratch);
    }

    private float Forward(ReadOnlySpan<float> input, Span<float> output, Span<float> spare)
    {
        foreach (var layer in Layers)
        {
            layer.Apply(input, output[..layer.Outputs]);
            input = output[..layer.Outputs];
            var next = spare;
            spare = output;
            output = next;
        }
        return input[0];
    }

    private static ImmutableArray<DenseLayer> Chained(ImmutableArray<DenseLayer> layers, int features)
    {
        var width = features;
        for (var i = 0; i < layers.Length; i++)
        {
            if (layers[i].Inputs != width)
                throw new ArgumentException($"Layer {i} takes {layers[i].Inputs} inputs, but {width} arrive there.", nameof(layers));
            width = layers[i].Outputs;
        }
        return layers.Length > 0 && width == 1 ? layers
            : throw new ArgumentException($"The last of {layers.Length} layers has {width} outputs: a ranking model ends in one layer of one output.", nameof(layers));
    }
}
