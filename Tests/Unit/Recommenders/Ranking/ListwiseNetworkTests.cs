using AgentRec.Recommenders.Ranking;
using static AgentRec.Tests.Unit.Recommenders.SmallData;

namespace AgentRec.Tests.Unit.Recommenders.Ranking;

public sealed class ListwiseNetworkTests
{
    [Fact]
    public void Train_WhereTwoFeaturesMustAgree_LearnsIt()
    {
        // The sign of a product: no sum of the two features tells it.
        var examples = Worlds(1_500, 1);

        var network = ListwiseNetwork.Train(examples, 3, 1, OneWorker);

        var unseen = Worlds(200, 2);
        Assert.InRange(unseen.Count(example => IsFoundFirst(network, example)), 170, 200);
    }

    [Fact]
    public void Train_WithTheSameSeed_GivesTheSameNetwork()
    {
        var examples = Worlds(50, 1);

        var (first, second) = (ListwiseNetwork.Train(examples, 3, 4, OneWorker), ListwiseNetwork.Train(examples, 3, 4, new ParallelOptions()));

        Assert.Equal(first.Layers.SelectMany(layer => layer.Weights), second.Layers.SelectMany(layer => layer.Weights));
        Assert.Equal(first.LinearWeights.ToArray(), second.LinearWeights.ToArray());
    }

    [Fact]
    public void Train_WithAFeatureThatNeverVaries_IgnoresIt()
    {
        var network = ListwiseNetwork.Train(Worlds(50, 1), 3, 4, OneWorker);
        var (usual, odd) = (new float[1], new float[1]);
        network.Score([1, 1, 7], usual);
        network.Score([1, 1, 1e6f], odd);

        Assert.Equal(usual, odd);
    }

    private static List<RankingExample> Worlds(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var taken = random.Next(12);
            float[] rows = [.. Enumerable.Range(0, 12).SelectMany(candidate =>
            {
                var (x, y) = (Size(), Size());
                var sign = random.Next(2) == 0 ? 1 : -1;
                return new[] { sign * x, (candidate == taken ? sign : -sign) * y, 7 };
            })];
            return new RankingExample(0, 1, rows, [.. Enumerable.Range(0, 12).Select(candidate => candidate == taken)]);
        })];

        float Size() => 0.5f + random.NextSingle();
    }

    private static bool IsFoundFirst(AgentRec.Recommenders.Onnx.DenseNetwork network, RankingExample example)
    {
        var scores = new float[example.Count];
        network.Score(example.Rows, scores);
        return example.Taken[Array.IndexOf(scores, scores.Max())];
    }
}
