using System.Collections.Immutable;

namespace AgentRec.Recommenders.Onnx;

/// <summary>
/// A binary regression tree as arrays over its nodes; node 0 is the root, and children come after their parents. At a branch
/// a row goes left if its value is at most the threshold, else right; NaN is never at most anything and goes right.
/// </summary>
/// <param name="Feature">The feature that a branch looks at; <see cref="Leaf"/> makes the node a leaf.</param>
/// <param name="Threshold">The threshold of a branch. See <see cref="ThresholdOf"/> for thresholds that were learned as doubles.</param>
/// <param name="Left">The child for values up to the threshold.</param>
/// <param name="Right">The child for greater values and NaN.</param>
/// <param name="Value">What a leaf adds to the score.</param>
public sealed record RegressionTree(
    ImmutableArray<int> Feature, ImmutableArray<float> Threshold, ImmutableArray<int> Left, ImmutableArray<int> Right, ImmutableArray<float> Value)
{
    /// <summary>Stands in <see cref="Feature"/> for a node that is a leaf.</summary>
    public const int Leaf = -1;

    /// <summary>The feature of each branch, <see cref="Leaf"/> for a leaf.</summary>
    public ImmutableArray<int> Feature { get; } = Checked(Feature, Threshold, Left, Right, Value);

    /// <summary>The greatest feature that a branch looks at; -1 when the tree is a single leaf.</summary>
    public int GreatestFeature => Feature.Max();

    /// <summary>The threshold as a float that decides for every float as the double does: the greatest float not above it.</summary>
    /// <param name="threshold">A threshold.</param>
    public static float ThresholdOf(double threshold)
    {
        var nearest = (float)threshold;
        return nearest > threshold ? MathF.BitDecrement(nearest) : nearest;
    }

    /// <summary>The value of the leaf that a row falls into.</summary>
    /// <param name="row">A row of features.</param>
    internal float Evaluate(ReadOnlySpan<float> row)
    {
        var node = 0;
        while (Feature[node] != Leaf)
            node = row[Feature[node]] <= Threshold[node] ? Left[node] : Right[node];
        return Value[node];
    }

    private static ImmutableArray<int> Checked(
        ImmutableArray<int> feature, ImmutableArray<float> threshold, ImmutableArray<int> left, ImmutableArray<int> right, ImmutableArray<float> value)
    {
        var nodes = feature.Length;
        if (nodes == 0 || threshold.Length != nodes || left.Length != nodes || right.Length != nodes || value.Length != nodes)
        {
            throw new ArgumentException(
                $"A tree's arrays have {nodes}, {threshold.Length}, {left.Length}, {right.Length} and {value.Length} nodes: each describes the same nodes, at least one.",
                nameof(feature));
        }
        var parents = new int[nodes];
        for (var node = 0; node < nodes; node++)
        {
            if (feature[node] < Leaf)
                throw new ArgumentException($"Node {node} looks at feature {feature[node]}: features count from 0, and {Leaf} marks a leaf.", nameof(feature));
            if (feature[node] == Leaf)
                continue;
            foreach (var child in (ReadOnlySpan<int>)[left[node], right[node]])
            {
                if (child <= node || child >= nodes)
                    throw new ArgumentException($"Node {node} has child {child}: children come after their parents, up to {nodes - 1}.", nameof(left));
                parents[child]++;
            }
        }
        for (var node = 1; node < nodes; node++)
        {
            if (parents[node] != 1)
                throw new ArgumentException($"Node {node} has {parents[node]} parents: every node but the root has one.", nameof(left));
        }
        return feature;
    }
}
