using AgentRec.Recommenders.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AgentRec.Tests.Unit.Recommenders.Onnx;

/// <summary>An exported file means what the trainer meant: ONNX Runtime, told nothing but the file, gives the trainer's own scores.</summary>
public sealed class ParityTests
{
    private const int Rows = 10_000;
    private const float Tolerance = 1e-5f;

    public static TheoryData<Activation, bool, int[]> Networks => new()
    {
        { Activation.Relu, true, [40, 64, 32, 1] },
        { Activation.Relu, false, [40, 64, 32, 1] },
        { Activation.Tanh, true, [24, 16, 1] },
        { Activation.None, true, [1, 1] },
        { Activation.Relu, false, [3, 5, 1] },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Write_Network_GivesTheSameScores(Activation activation, bool linear, int[] widths)
    {
        var network = RandomModels.Network(1, activation, linear, widths);
        var rows = RandomModels.Rows(2, Rows, network.Features);
        var scores = new float[Rows];
        network.Score(rows, scores);

        AssertEqual(scores, RunAlone(OnnxExport.Write(network), rows, network.Features), scale: 1);
    }

    [Fact]
    public void Write_NetworkAndGreatValues_GivesTheSameScoresRelativeToThem()
    {
        const float great = 1e6f;
        var network = RandomModels.Network(3, Activation.Relu, linear: true, 40, 64, 32, 1);
        var rows = RandomModels.Rows(4, Rows, network.Features, great);
        var scores = new float[Rows];
        network.Score(rows, scores);

        AssertEqual(scores, RunAlone(OnnxExport.Write(network), rows, network.Features), great);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(12, 60, 6)]
    [InlineData(40, 300, 5)]
    public void Write_Trees_GivesTheSameScores(int features, int trees, int depth)
    {
        var ensemble = RandomModels.Trees(5, features, trees, depth);
        // Half the rows meet thresholds exactly.
        float[] rows = [.. RandomModels.Rows(6, Rows / 2, features), .. RandomModels.GridRows(7, Rows / 2, features)];
        var scores = new float[Rows];
        ensemble.Score(rows, scores);

        AssertEqual(scores, RunAlone(OnnxExport.Write(ensemble), rows, features), scale: 1);
    }

    [Fact]
    public void Write_TreesAndExtremeValues_GivesTheSameScores()
    {
        const int features = 8;
        float[] extremes = [float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon, 0f, -0f, float.NaN, 1e30f];
        var ensemble = RandomModels.Trees(8, features, 60, 6);
        var random = new Random(9);
        float[] rows = [.. Enumerable.Range(0, Rows * features).Select(_ => extremes[random.Next(extremes.Length)])];
        var scores = new float[Rows];
        ensemble.Score(rows, scores);

        AssertEqual(scores, RunAlone(OnnxExport.Write(ensemble), rows, features), scale: 1);
    }

    [Fact]
    public void Write_SameModelTwice_GivesTheSameBytes()
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["b"] = "2", ["a"] = "1" };
        var reversed = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "1", ["b"] = "2" };

        Assert.Equal(
            OnnxExport.Write(RandomModels.Trees(10, 4, 5, 3), metadata), OnnxExport.Write(RandomModels.Trees(10, 4, 5, 3), reversed));
        Assert.Equal(
            OnnxExport.Write(RandomModels.Network(10, Activation.Relu, true, 4, 3, 1), metadata),
            OnnxExport.Write(RandomModels.Network(10, Activation.Relu, true, 4, 3, 1), reversed));
    }

    /// <summary>ONNX Runtime's own interface, without a line of the project's.</summary>
    private static float[] RunAlone(byte[] model, float[] rows, int features)
    {
        using var session = new InferenceSession(model);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("features", new DenseTensor<float>(rows, [rows.Length / features, features]))]);
        var scores = Assert.Single(results);
        Assert.Equal("scores", scores.Name);
        var tensor = scores.AsTensor<float>();
        Assert.Equal([rows.Length / features, 1], tensor.Dimensions.ToArray());
        return [.. tensor];
    }

    private static void AssertEqual(float[] expected, float[] actual, float scale)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(expected.Distinct().Count() > 1, "every row has the same score: nothing is compared");
        for (var row = 0; row < expected.Length; row++)
            Assert.True(Math.Abs(expected[row] - actual[row]) <= Tolerance * scale, $"row {row}: {expected[row]} was trained, {actual[row]} is exported");
    }
}
