using AgentRec.Recommenders.Onnx;
using CsCheck;

namespace AgentRec.Tests.Unit.Recommenders.Onnx;

/// <summary>The models' own arithmetic, counted by hand, and the shapes that they refuse.</summary>
public sealed class ModelShapeTests
{
    [Fact]
    public void Score_SmallNetwork_IsTheFormula()
    {
        var network = new DenseNetwork(
            Mean: [1, 2], Scale: [2, 0.5f],
            [new DenseLayer(2, 2, [1, -1, 3, 1], [0.5f, -0.25f], Activation.Relu), new DenseLayer(2, 1, [2, 10], [1], Activation.None)])
        {
            LinearWeights = [100, 1000],
        };
        var scores = new float[2];

        network.Score([2, 4, 0, 6], scores);

        // z = (2, 1): hidden (2 + 3 + 0.5, max(0, -2 + 1 - 0.25)) = (5.5, 0), so 11 + 1 + 200 + 1000.
        // z = (-2, 2): hidden (-2 + 6 + 0.5, 2 + 2 - 0.25) = (4.5, 3.75), so 9 + 37.5 + 1 - 200 + 2000.
        Assert.Equal([1212f, 1847.5f], scores);
    }

    [Fact]
    public void Score_Tanh_IsTheHyperbolicTangent()
    {
        var network = new DenseNetwork([0], [1], [new DenseLayer(1, 1, [1], [0], Activation.Tanh)]);
        var scores = new float[1];

        network.Score([0.5f], scores);

        Assert.Equal(MathF.Tanh(0.5f), scores[0], 1e-6f);
    }

    [Fact]
    public void Score_SmallTrees_GoLeftUpToTheThreshold_AndRightAboveItAndForNaN()
    {
        var stump = new RegressionTree([0, RegressionTree.Leaf, RegressionTree.Leaf], [1.5f, 0, 0], [1, 0, 0], [2, 0, 0], [0, 10, 20]);
        var ensemble = new TreeEnsemble(1, [stump, stump], 0.5);
        var scores = new float[4];

        ensemble.Score([1.5f, 1.6f, float.NaN, -7], scores);

        Assert.Equal([20.5f, 40.5f, 40.5f, 20.5f], scores);
    }

    [Fact]
    public void ThresholdOf_AnyDouble_DecidesEveryFloatAsTheDoubleDoes() =>
        Gen.Select(Gen.Double[-1e30, 1e30], Gen.Int[-2, 2]).Sample((threshold, steps) =>
        {
            var value = (float)threshold;
            for (var i = 0; i < Math.Abs(steps); i++)
                value = steps < 0 ? MathF.BitDecrement(value) : MathF.BitIncrement(value);
            return value <= RegressionTree.ThresholdOf(threshold) == (value <= threshold);
        });

    [Fact]
    public void Score_WithoutRows_GivesNone()
    {
        RandomModels.Network(1, Activation.Relu, true, 4, 3, 1).Score([], []);
        RandomModels.Trees(1, 4, 3, 2).Score([], []);
    }

    [Fact]
    public void Score_BrokenRows_IsRefused()
    {
        Assert.Contains("takes 8", Assert.Throws<ArgumentException>(() => RandomModels.Network(1, Activation.Relu, true, 4, 3, 1).Score(new float[7], new float[2])).Message);
        Assert.Contains("takes 8", Assert.Throws<ArgumentException>(() => RandomModels.Trees(1, 4, 3, 2).Score(new float[9], new float[2])).Message);
    }

    [Fact]
    public void Network_OfPartsThatDoNotFit_IsRefused()
    {
        var layer = new DenseLayer(2, 1, [1, 1], [0], Activation.None);

        Assert.Throws<ArgumentException>(() => new DenseLayer(2, 2, [1, 1], [0, 0], Activation.None));
        Assert.Throws<ArgumentException>(() => new DenseLayer(2, 1, [1, 1], [], Activation.None));
        Assert.Throws<ArgumentException>(() => new DenseNetwork([0, 0], [1], [layer]));
        Assert.Throws<ArgumentException>(() => new DenseNetwork([0, 0, 0], [1, 1, 1], [layer]));
        Assert.Throws<ArgumentException>(() => new DenseNetwork([0, 0], [1, 1], []));
        Assert.Throws<ArgumentException>(() => new DenseNetwork([0, 0], [1, 1], [new DenseLayer(2, 2, [1, 1, 1, 1], [0, 0], Activation.None)]));
        Assert.Throws<ArgumentException>(() => new DenseNetwork([0, 0], [1, 1], [layer]) { LinearWeights = [1] });
    }

    [Fact]
    public void Tree_ThatIsNone_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new RegressionTree([], [], [], [], []));
        Assert.Throws<ArgumentException>(() => new RegressionTree([-1], [0], [0], [0], []));
        Assert.Throws<ArgumentException>(() => new RegressionTree([-2], [0], [0], [0], [1]));
        // A loop, a child beyond the end, and a node of two parents.
        Assert.Throws<ArgumentException>(() => new RegressionTree([0, -1], [0, 0], [0, 0], [1, 0], [0, 1]));
        Assert.Throws<ArgumentException>(() => new RegressionTree([0, -1], [0, 0], [1, 0], [2, 0], [0, 1]));
        Assert.Throws<ArgumentException>(() => new RegressionTree([0, -1], [0, 0], [1, 0], [1, 0], [0, 1]));
        Assert.Throws<ArgumentException>(() => new TreeEnsemble(1, [], 0));
        Assert.Throws<ArgumentException>(() => new TreeEnsemble(1, [new RegressionTree([1, -1, -1], [0, 0, 0], [1, 0, 0], [2, 0, 0], [0, 1, 2])], 0));
    }
}
