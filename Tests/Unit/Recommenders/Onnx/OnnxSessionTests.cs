using System.Text;
using AgentRec.Recommenders.Onnx;

namespace AgentRec.Tests.Unit.Recommenders.Onnx;

/// <summary>A session takes ranking models and nothing else, and scores for many threads at a time.</summary>
public sealed class OnnxSessionTests
{
    private static readonly DenseNetwork Network = RandomModels.Network(1, Activation.Relu, linear: true, 12, 16, 1);

    [Fact]
    public void Load_ExportedModel_KnowsItsFeaturesAndMetadata()
    {
        var model = OnnxExport.Write(Network, new Dictionary<string, string>(StringComparer.Ordinal) { ["artifact"] = "m-1" });

        using var session = OnnxSession.Load(model);

        Assert.Equal(12, session.Features);
        Assert.Equal("m-1", session.Metadata["artifact"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Score_ByAnyNumberOfThreads_IsTheModelsScore(int threads)
    {
        const int count = 1_000;
        var rows = RandomModels.Rows(2, count, Network.Features);
        var expected = new float[count];
        Network.Score(rows, expected);
        using var session = OnnxSession.Load(OnnxExport.Write(Network), threads);
        var scores = new float[count];

        session.Score(rows, scores);

        Assert.All(expected.Zip(scores), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Score_OfARow_DoesNotDependOnItsNeighbours()
    {
        var rows = RandomModels.Rows(3, 64, Network.Features);
        using var session = OnnxSession.Load(OnnxExport.Write(Network));
        var together = new float[64];
        session.Score(rows, together);

        for (var row = 0; row < together.Length; row++)
        {
            var alone = new float[1];
            session.Score(rows.AsSpan(row * Network.Features, Network.Features), alone);
            Assert.Equal(together[row], alone[0], 1e-5f);
        }
    }

    [Fact]
    public void Score_FromManyThreads_GivesEachItsOwn()
    {
        using var session = OnnxSession.Load(OnnxExport.Write(Network));
        Parallel.For(0, 200, seed =>
        {
            var rows = RandomModels.Rows(seed, 20, Network.Features);
            var expected = new float[20];
            var scores = new float[20];
            Network.Score(rows, expected);
            session.Score(rows, scores);
            Assert.All(expected.Zip(scores), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        });
    }

    [Fact]
    public void Score_WithoutRows_GivesNone()
    {
        using var session = OnnxSession.Load(OnnxExport.Write(Network));
        session.Score([], []);
    }

    [Fact]
    public void Score_BrokenRows_IsRefused()
    {
        using var session = OnnxSession.Load(OnnxExport.Write(Network));
        Assert.Throws<ArgumentException>(() => session.Score(new float[13], new float[1]));
    }

    [Fact]
    public void Load_NoModel_SaysSo()
    {
        Assert.Contains("cannot load", Refusal(Encoding.UTF8.GetBytes("not a model at all")));
        Assert.Contains("cannot load", Refusal([]));
        Assert.Contains("cannot load", Refusal(OnnxExport.Write(Network)[..200]));
    }

    [Fact]
    public void Load_ModelOfAnotherShape_SaysWhatDiffers()
    {
        Assert.Contains("output is 'values'", Refusal(Renamed("scores", "values")));
        Assert.Contains("input is 'featurez'", Refusal(Renamed("features", "featurez")));
    }

    private static string Refusal(byte[] model) => Assert.Throws<InvalidDataException>(() => OnnxSession.Load(model)).Message;

    /// <summary>The model with a name replaced by one of the same length, which leaves the file whole.</summary>
    private static byte[] Renamed(string from, string to)
    {
        var text = Encoding.Latin1.GetString(OnnxExport.Write(Network));
        return Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
    }
}
