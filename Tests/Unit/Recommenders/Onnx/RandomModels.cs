using AgentRec.Recommenders.Onnx;

namespace AgentRec.Tests.Unit.Recommenders.Onnx;

/// <summary>Models with weights drawn from a seed: of the right shape, and of no use but to be compared.</summary>
internal static class RandomModels
{
    /// <summary>A network with the given widths, its last layer of one output included.</summary>
    public static DenseNetwork Network(int seed, Activation activation, bool linear, params int[] widths)
    {
        var random = new Random(seed);
        var layers = new DenseLayer[widths.Length - 1];
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i] = new DenseLayer(
                widths[i], widths[i + 1],
                [.. Draw(random, widths[i] * widths[i + 1], 1 / Math.Sqrt(widths[i]))], [.. Draw(random, widths[i + 1], 0.1)],
                i == layers.Length - 1 ? Activation.None : activation);
        }
        return new DenseNetwork([.. Draw(random, widths[0], 1)], [.. Draw(random, widths[0], 1).Select(scale => 0.5f + Math.Abs(scale))], [.. layers])
        {
            LinearWeights = linear ? [.. Draw(random, widths[0], 0.3)] : [],
        };
    }

    /// <summary>Trees whose thresholds are multiples of a quarter, so that rows of such multiples meet them exactly.</summary>
    public static TreeEnsemble Trees(int seed, int features, int trees, int depth)
    {
        var random = new Random(seed);
        return new TreeEnsemble(features, [.. Enumerable.Range(0, trees).Select(_ => Tree(random, features, depth))], 0.25);
    }

    /// <summary>Rows of normal values.</summary>
    public static float[] Rows(int seed, int rows, int features, double deviation = 1) => Draw(new Random(seed), rows * features, deviation);

    /// <summary>Rows of multiples of a quarter in [-2, 2].</summary>
    public static float[] GridRows(int seed, int rows, int features)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows * features).Select(_ => random.Next(-8, 9) / 4f)];
    }

    private static RegressionTree Tree(Random random, int features, int depth)
    {
        List<int> feature = [], left = [], right = [];
        List<float> threshold = [], value = [];
        Grow(depth);
        return new RegressionTree([.. feature], [.. threshold], [.. left], [.. right], [.. value]);

        int Grow(int levels)
        {
            var node = feature.Count;
            var isLeaf = levels == 0 || (levels < depth && random.Next(5) == 0);
            feature.Add(isLeaf ? RegressionTree.Leaf : random.Next(features));
            threshold.Add(random.Next(-8, 9) / 4f);
            value.Add((float)(random.NextDouble() - 0.5) / 10);
            left.Add(0);
            right.Add(0);
            if (!isLeaf)
            {
                left[node] = Grow(levels - 1);
                right[node] = Grow(levels - 1);
            }
            return node;
        }
    }

    private static float[] Draw(Random random, int count, double deviation)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return values;
    }
}
