using AgentRec.Recommenders.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace AgentRec.Recommenders.Ranking;

/// <summary>
/// Trains a <see cref="TreeEnsemble"/> by LambdaMART (Burges: From RankNet to LambdaRank to LambdaMART, 2010) through LightGBM.
/// One thread: with more, sums depend on how they were shared out.
/// </summary>
internal static class LambdaMart
{
    private const int Leaves = 15;
    private const int Trees = 200;

    /// <summary>Trains.</summary>
    /// <param name="examples">The examples, at least one.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="seed">The seed of everything random.</param>
    /// <returns>The trees; null where LightGBM's native library does not load (it needs libgomp).</returns>
    public static LearnedTrees? Train(IReadOnlyList<RankingExample> examples, int features, ulong seed)
    {
        var context = new MLContext((int)(StableHash.Of(seed, "trees") & int.MaxValue));
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        schema[nameof(Row.Example)].ColumnType = new KeyDataViewType(typeof(uint), examples.Count);
        var trainer = context.Ranking.Trainers.LightGbm(new LightGbmRankingTrainer.Options
        {
            LabelColumnName = nameof(Row.Taken),
            FeatureColumnName = nameof(Row.Features),
            RowGroupColumnName = nameof(Row.Example),
            CustomGains = [0, 1],
            NumberOfLeaves = Leaves,
            NumberOfIterations = Trees,
            LearningRate = 0.05,
            MinimumExampleCountPerLeaf = 50,
            MaximumBinCountPerFeature = 127,
            NumberOfThreads = 1,
            Seed = (int)(StableHash.Of(seed, "trees") & int.MaxValue),
            Booster = new GradientBooster.Options { L2Regularization = 5, FeatureFraction = 0.5, SubsampleFraction = 0.7, SubsampleFrequency = 1 },
        });
        try
        {
            var fitted = trainer.Fit(context.Data.LoadFromEnumerable(Rows(examples, features), schema));
            return new LearnedTrees(Convert(fitted.Model.TrainedTreeEnsemble, features), Predict);

            float[] Predict(float[] rows)
            {
                var data = Enumerable.Range(0, rows.Length / features).Select(i => new Row { Example = 1, Features = rows[(i * features)..((i + 1) * features)] });
                return [.. fitted.Transform(context.Data.LoadFromEnumerable(data, schema)).GetColumn<float>("Score")];
            }
        }
        catch (DllNotFoundException)
        {
            return null;
        }
    }

    private static IEnumerable<Row> Rows(IReadOnlyList<RankingExample> examples, int features)
    {
        for (var e = 0; e < examples.Count; e++)
        {
            for (var i = 0; i < examples[e].Count; i++)
                yield return new Row { Taken = examples[e].Taken[i] ? 1 : 0, Example = (uint)e + 1, Features = examples[e].Rows[(i * features)..((i + 1) * features)] };
        }
    }

    private static TreeEnsemble Convert(RegressionTreeEnsemble learned, int features) => new(
        features,
        [.. learned.Trees.Select((tree, t) => Convert(tree, learned.TreeWeights[t]))],
        learned.Bias);

    // Branches first, in their own order, then leaves; a child below 0 is the complement of a leaf.
    private static Onnx.RegressionTree Convert(RegressionTreeBase tree, double weight)
    {
        var branches = tree.NumberOfNodes;
        var nodes = branches + tree.NumberOfLeaves;
        var (feature, threshold, left, right, value) = (new int[nodes], new float[nodes], new int[nodes], new int[nodes], new float[nodes]);
        for (var node = 0; node < branches; node++)
        {
            feature[node] = tree.NumericalSplitFeatureIndexes[node];
            threshold[node] = Onnx.RegressionTree.ThresholdOf(tree.NumericalSplitThresholds[node]);
            left[node] = Child(tree.LeftChild[node]);
            right[node] = Child(tree.RightChild[node]);
        }
        for (var leaf = 0; leaf < tree.NumberOfLeaves; leaf++)
        {
            feature[branches + leaf] = Onnx.RegressionTree.Leaf;
            value[branches + leaf] = (float)(weight * tree.LeafValues[leaf]);
        }
        return new Onnx.RegressionTree([.. feature], [.. threshold], [.. left], [.. right], [.. value]);

        int Child(int child) => child >= 0 ? child : branches + ~child;
    }

    private sealed class Row
    {
        public float Taken { get; set; }

        public uint Example { get; set; }

        public float[] Features { get; set; } = [];
    }
}

/// <summary>Trees, and the library's own way to score with them.</summary>
/// <param name="Ensemble">The trees.</param>
/// <param name="Predict">Scores rows [scores, features] as the library does: what the trees are held against.</param>
internal sealed record LearnedTrees(TreeEnsemble Ensemble, Func<float[], float[]> Predict);
