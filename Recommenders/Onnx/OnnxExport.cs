using AgentRec.Recommenders.Onnx.Format;
using Google.Protobuf;

namespace AgentRec.Recommenders.Onnx;

/// <summary>
/// Writes ranking models as ONNX files that any runtime of the format takes: one input <see cref="Input"/>, FP32
/// [-1, features], one output <see cref="Output"/>, FP32 [-1, 1]. The same model and metadata give the same bytes.
/// </summary>
public static class OnnxExport
{
    /// <summary>The name of the input tensor.</summary>
    public const string Input = "features";

    /// <summary>The name of the output tensor.</summary>
    public const string Output = "scores";

    /// <summary>The metadata entry that names the artifact a model was written from; servers pass it on to their clients.</summary>
    public const string ArtifactVersion = "artifact_version";

    private const string Producer = "AgentRec";

    // Of 2020: runtimes from ONNX Runtime 1.6 on, and the servers built on them, read these.
    private const int IrVersion = 7;
    private const int OperatorSet = 13;
    private const int TreeOperatorSet = 1;

    /// <summary>Writes a network as dense operators.</summary>
    /// <param name="network">The model.</param>
    /// <param name="metadata">What else the file tells of itself, by name.</param>
    /// <returns>The file.</returns>
    public static byte[] Write(DenseNetwork network, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var graph = new GraphWriter("ranking-network", network.Features);
        var hidden = graph.Node("Sub", Input, graph.Constant("mean", network.Mean.AsSpan(), network.Features));
        hidden = graph.Node("Mul", hidden, graph.Constant("scale", network.Scale.AsSpan(), network.Features));
        var standardised = hidden;
        for (var i = 0; i < network.Layers.Length; i++)
        {
            var layer = network.Layers[i];
            hidden = graph.Node(
                "Gemm", hidden, graph.Constant($"weights{i}", layer.Weights.AsSpan(), layer.Inputs, layer.Outputs), graph.Constant($"bias{i}", layer.Bias.AsSpan(), layer.Outputs));
            if (layer.Activation != Activation.None)
                hidden = graph.Node(layer.Activation.ToString(), hidden);
        }
        if (network.LinearWeights.Length > 0)
            hidden = graph.Node("Add", hidden, graph.Node("MatMul", standardised, graph.Constant("linear", network.LinearWeights.AsSpan(), network.Features, 1)));
        return Model(graph.Finish(hidden), metadata, new OperatorSetIdProto { Version = OperatorSet });
    }

    /// <summary>Writes an ensemble of trees as a TreeEnsembleRegressor.</summary>
    /// <param name="ensemble">The model; its base and leaves are written as floats.</param>
    /// <param name="metadata">What else the file tells of itself, by name.</param>
    /// <returns>The file.</returns>
    public static byte[] Write(TreeEnsemble ensemble, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var graph = new GraphWriter("ranking-trees", ensemble.Features);
        var scores = graph.Node(TreeOperator.Write(ensemble), Input);
        return Model(
            graph.Finish(scores), metadata,
            new OperatorSetIdProto { Version = OperatorSet }, new OperatorSetIdProto { Domain = TreeOperator.Domain, Version = TreeOperatorSet });
    }

    /// <summary>The same model with one more thing to tell of itself.</summary>
    /// <param name="model">A model that was written here.</param>
    /// <param name="key">The entry's name; one of that name is replaced.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The file.</returns>
    public static byte[] Tagged(ReadOnlySpan<byte> model, string key, string value)
    {
        var parsed = ModelProto.Parser.ParseFrom(model);
        foreach (var old in parsed.MetadataProps.Where(entry => string.Equals(entry.Key, key, StringComparison.Ordinal)).ToArray())
            parsed.MetadataProps.Remove(old);
        parsed.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return parsed.ToByteArray();
    }

    private static byte[] Model(GraphProto graph, IReadOnlyDictionary<string, string>? metadata, params ReadOnlySpan<OperatorSetIdProto> operators)
    {
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = Producer,
            ProducerVersion = typeof(OnnxExport).Assembly.GetName().Version!.ToString(3),
            Graph = graph,
        };
        foreach (var operatorSet in operators)
            model.OpsetImport.Add(operatorSet);
        foreach (var (key, value) in (metadata ?? new Dictionary<string, string>()).OrderBy(entry => entry.Key, StringComparer.Ordinal))
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return model.ToByteArray();
    }
}
