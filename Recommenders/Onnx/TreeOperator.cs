using AgentRec.Recommenders.Onnx.Format;
using Google.Protobuf;
using static AgentRec.Recommenders.Onnx.Format.AttributeProto.Types;

namespace AgentRec.Recommenders.Onnx;

/// <summary>Writes trees as the operator TreeEnsembleRegressor: one flat list of nodes, each named by its tree and its place in it.</summary>
internal static class TreeOperator
{
    /// <summary>The operator's domain.</summary>
    public const string Domain = "ai.onnx.ml";

    /// <summary>The node, without inputs and output.</summary>
    /// <param name="ensemble">The trees.</param>
    public static NodeProto Write(TreeEnsemble ensemble)
    {
        var tree = Longs("nodes_treeids");
        var node = Longs("nodes_nodeids");
        var feature = Longs("nodes_featureids");
        var left = Longs("nodes_truenodeids");
        var right = Longs("nodes_falsenodeids");
        var threshold = Floats("nodes_values");
        var mode = new AttributeProto { Name = "nodes_modes", Type = AttributeType.Strings };
        var leafTree = Longs("target_treeids");
        var leafNode = Longs("target_nodeids");
        var leafTarget = Longs("target_ids");
        var leafValue = Floats("target_weights");
        var branch = ByteString.CopyFromUtf8("BRANCH_LEQ");
        var leaf = ByteString.CopyFromUtf8("LEAF");
        for (var t = 0; t < ensemble.Trees.Length; t++)
        {
            var of = ensemble.Trees[t];
            for (var n = 0; n < of.Feature.Length; n++)
            {
                var isLeaf = of.Feature[n] == RegressionTree.Leaf;
                tree.Ints.Add(t);
                node.Ints.Add(n);
                // Of a leaf the format wants numbers too, and nobody reads them.
                feature.Ints.Add(isLeaf ? 0 : of.Feature[n]);
                left.Ints.Add(isLeaf ? 0 : of.Left[n]);
                right.Ints.Add(isLeaf ? 0 : of.Right[n]);
                threshold.Floats.Add(isLeaf ? 0 : of.Threshold[n]);
                mode.Strings.Add(isLeaf ? leaf : branch);
                if (!isLeaf)
                    continue;
                leafTree.Ints.Add(t);
                leafNode.Ints.Add(n);
                leafTarget.Ints.Add(0);
                leafValue.Floats.Add(of.Value[n]);
            }
        }
        var start = Floats("base_values");
        start.Floats.Add((float)ensemble.Base);
        return new NodeProto
        {
            OpType = "TreeEnsembleRegressor",
            Domain = Domain,
            Attribute =
            {
                new AttributeProto { Name = "n_targets", Type = AttributeType.Int, I = 1 },
                start, tree, node, mode, feature, threshold, left, right, leafTree, leafNode, leafTarget, leafValue,
            },
        };
    }

    private static AttributeProto Longs(string name) => new() { Name = name, Type = AttributeType.Ints };

    private static AttributeProto Floats(string name) => new() { Name = name, Type = AttributeType.Floats };
}
