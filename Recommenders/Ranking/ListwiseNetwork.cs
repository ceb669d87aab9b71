using System.Numerics.Tensors;
using AgentRec.Recommenders.Onnx;

namespace AgentRec.Recommenders.Ranking;

/// <summary>
/// Trains a <see cref="DenseNetwork"/> listwise: softmax cross-entropy over the candidates of an example (Cao et al.: Learning
/// to rank, ICML 2007), by Adam with decoupled weight decay (Loshchilov, Hutter, ICLR 2019), a cosine schedule and dropout.
/// The linear path starts at 0 beside two hidden layers.
/// </summary>
internal sealed class ListwiseNetwork
{
    private const int First = 64;
    private const int Second = 32;
    private const int Epochs = 8;
    private const int Batch = 32;
    private const double Rate = 3e-3;
    private const double Decay = 1e-2;
    private const float Dropout = 0.3f;

    // The parts of a batch are summed in order: the result does not depend on the number of threads.
    private const int Parts = 2;

    private readonly int _features;
    private readonly float[] _mean;
    private readonly float[] _scale;
    private readonly float[] _weights;
    private readonly int _hidden, _hiddenBias, _second, _secondBias, _last;

    private ListwiseNetwork(IReadOnlyList<RankingExample> examples, int features, Random random)
    {
        _features = features;
        (_mean, _scale) = Standardisation(examples, features);
        _hidden = features;
        _hiddenBias = _hidden + (features * First);
        _second = _hiddenBias + First;
        _secondBias = _second + (First * Second);
        _last = _secondBias + Second;
        _weights = new float[_last + Second];
        Start(_weights.AsSpan(_hidden.._hiddenBias), features, random);
        Start(_weights.AsSpan(_second.._secondBias), First, random);
    }

    /// <summary>Trains.</summary>
    /// <param name="examples">The examples, at least one.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="seed">The seed of everything random.</param>
    /// <param name="workers">How many threads, and when to stop.</param>
    public static DenseNetwork Train(IReadOnlyList<RankingExample> examples, int features, ulong seed, ParallelOptions workers)
    {
        var random = new Random((int)(StableHash.Of(seed, "network") & int.MaxValue));
        var network = new ListwiseNetwork(examples, features, random);
        var adam = new Adam(network._weights, Decay);
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var steps = Epochs * ((examples.Count + Batch - 1) / Batch);
        var step = 0;
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            for (var start = 0; start < order.Length; start += Batch)
            {
                workers.CancellationToken.ThrowIfCancellationRequested();
                var batch = order[start..Math.Min(start + Batch, order.Length)];
                var seeds = Enumerable.Range(0, Parts).Select(_ => random.Next()).ToArray();
                var gradients = new float[Parts][];
                Parallel.For(0, Parts, workers, part => gradients[part] = network.Gradient(examples, batch, part, new Random(seeds[part])));
                for (var part = 1; part < Parts; part++)
                    TensorPrimitives.Add(gradients[0], gradients[part], gradients[0]);
                TensorPrimitives.Divide(gradients[0], batch.Length, gradients[0]);
                adam.Step(gradients[0], Rate * (0.01 + (0.99 * 0.5 * (1 + Math.Cos(Math.PI * step++ / steps)))));
            }
        }
        return network.Finish();
    }

    private static (float[] Mean, float[] Scale) Standardisation(IReadOnlyList<RankingExample> examples, int features)
    {
        var (sums, squares, count) = (new double[features], new double[features], 0L);
        foreach (var example in examples)
        {
            for (var i = 0; i < example.Rows.Length; i++)
            {
                sums[i % features] += example.Rows[i];
                squares[i % features] += (double)example.Rows[i] * example.Rows[i];
            }
            count += example.Count;
        }
        var (mean, scale) = (new float[features], new float[features]);
        for (var f = 0; f < features; f++)
        {
            var average = sums[f] / count;
            var deviation = Math.Sqrt(Math.Max(0, (squares[f] / count) - (average * average)));
            mean[f] = (float)average;
            // A feature that never varies says nothing, and must not start to when it does.
            scale[f] = deviation > 1e-6 ? (float)(1 / deviation) : 0;
        }
        return (mean, scale);
    }

    // Uniform with the variance of He et al.: Delving deep into rectifiers, ICCV 2015, halved.
    private static void Start(Span<float> weights, int inputs, Random random)
    {
        var reach = Math.Sqrt(3.0 / inputs);
        foreach (ref var weight in weights)
            weight = (float)(((random.NextDouble() * 2) - 1) * reach);
    }

    private DenseNetwork Finish() => new(
        [.. _mean], [.. _scale],
        [
            new DenseLayer(_features, First, [.. _weights[_hidden.._hiddenBias]], [.. _weights[_hiddenBias.._second]], Activation.Relu),
            new DenseLayer(First, Second, [.. _weights[_second.._secondBias]], [.. _weights[_secondBias.._last]], Activation.Relu),
            new DenseLayer(Second, 1, [.. _weights[_last..]], [0], Activation.None),
        ])
    {
        LinearWeights = [.. _weights[.._features]],
    };

    private float[] Gradient(IReadOnlyList<RankingExample> examples, int[] batch, int part, Random random)
    {
        var gradient = new float[_weights.Length];
        var (keepFirst, keepSecond) = (new float[First], new float[Second]);
        for (var i = part; i < batch.Length; i += Parts)
        {
            Drop(keepFirst, random);
            Drop(keepSecond, random);
            Add(examples[batch[i]], keepFirst, keepSecond, gradient);
        }
        return gradient;
    }

    private static void Drop(float[] keep, Random random)
    {
        for (var i = 0; i < keep.Length; i++)
            keep[i] = random.NextDouble() < Dropout ? 0 : 1 / (1 - Dropout);
    }

    private void Add(RankingExample example, float[] keepFirst, float[] keepSecond, Span<float> gradient)
    {
        var n = example.Count;
        var (z, hidden, second, scores) = (new float[n * _features], new float[n * First], new float[n * Second], new float[n]);
        for (var i = 0; i < n; i++)
        {
            var row = z.AsSpan(i * _features, _features);
            TensorPrimitives.Subtract(example.Rows.AsSpan(i * _features, _features), _mean, row);
            TensorPrimitives.Multiply(row, _scale, row);
            scores[i] = Forward(row, hidden.AsSpan(i * First, First), second.AsSpan(i * Second, Second), keepFirst, keepSecond);
        }
        TensorPrimitives.SoftMax(scores, scores);
        var share = 1f / example.Positives;
        for (var i = 0; i < n; i++)
        {
            var error = scores[i] - (example.Taken[i] ? share : 0);
            Backward(error, z.AsSpan(i * _features, _features), hidden.AsSpan(i * First, First), second.AsSpan(i * Second, Second), keepFirst, keepSecond, gradient);
        }
    }

    private float Forward(ReadOnlySpan<float> z, Span<float> hidden, Span<float> second, float[] keepFirst, float[] keepSecond)
    {
        Layer(z, _weights.AsSpan(_hidden.._hiddenBias), _weights.AsSpan(_hiddenBias, First), keepFirst, hidden);
        Layer(hidden, _weights.AsSpan(_second.._secondBias), _weights.AsSpan(_secondBias, Second), keepSecond, second);
        return TensorPrimitives.Dot(z, _weights.AsSpan(0, _features)) + TensorPrimitives.Dot(second, _weights.AsSpan(_last, Second));
    }

    private static void Layer(ReadOnlySpan<float> input, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, float[] keep, Span<float> output)
    {
        bias.CopyTo(output);
        for (var i = 0; i < input.Length; i++)
        {
            if (input[i] != 0)
                TensorPrimitives.MultiplyAdd(weights.Slice(i * output.Length, output.Length), input[i], output, output);
        }
        TensorPrimitives.Max(output, 0, output);
        TensorPrimitives.Multiply(output, keep, output);
    }

    private void Backward(
        float error, ReadOnlySpan<float> z, ReadOnlySpan<float> hidden, ReadOnlySpan<float> second, float[] keepFirst, float[] keepSecond, Span<float> gradient)
    {
        Span<float> errorSecond = stackalloc float[Second], errorFirst = stackalloc float[First];
        Accumulate(z, error, gradient[.._features]);
        Accumulate(second, error, gradient[_last..]);
        for (var j = 0; j < Second; j++)
            errorSecond[j] = second[j] > 0 ? error * _weights[_last + j] * keepSecond[j] : 0;
        TensorPrimitives.Add(gradient[_secondBias.._last], errorSecond, gradient[_secondBias.._last]);
        errorFirst.Clear();
        for (var j = 0; j < First; j++)
        {
            if (hidden[j] <= 0)
                continue;
            var start = _second + (j * Second);
            Accumulate(errorSecond, hidden[j], gradient.Slice(start, Second));
            errorFirst[j] = TensorPrimitives.Dot(errorSecond, _weights.AsSpan(start, Second)) * keepFirst[j];
        }
        TensorPrimitives.Add(gradient[_hiddenBias.._second], errorFirst, gradient[_hiddenBias.._second]);
        for (var f = 0; f < _features; f++)
        {
            if (z[f] != 0)
                Accumulate(errorFirst, z[f], gradient.Slice(_hidden + (f * First), First));
        }

        static void Accumulate(ReadOnlySpan<float> values, float factor, Span<float> sums) => TensorPrimitives.MultiplyAdd(values, factor, sums, sums);
    }
}
