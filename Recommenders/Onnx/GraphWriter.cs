using System.Buffers.Binary;
using AgentRec.Recommenders.Onnx.Format;
using Google.Protobuf;

namespace AgentRec.Recommenders.Onnx;

/// <summary>Builds a graph node by node, from the rows of features to their scores; values are named as they come.</summary>
/// <param name="name">The graph's name.</param>
/// <param name="features">The number of features in a row.</param>
internal sealed class GraphWriter(string name, int features)
{
    private readonly GraphProto _graph = new() { Name = name };

    /// <summary>Adds a constant.</summary>
    /// <param name="constant">Its name.</param>
    /// <param name="values">Its elements, row-major.</param>
    /// <param name="shape">Its shape.</param>
    /// <returns>The name, as nodes refer to it.</returns>
    public string Constant(string constant, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        var tensor = new TensorProto { Name = constant, DataType = (int)TensorProto.Types.DataType.Float, RawData = UnsafeByteOperations.UnsafeWrap(bytes) };
        foreach (var size in shape)
            tensor.Dims.Add(size);
        _graph.Initializer.Add(tensor);
        return constant;
    }

    /// <summary>Adds a node of the standard's own operators.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="inputs">The values that it takes.</param>
    /// <returns>The name of its result.</returns>
    public string Node(string operation, params ReadOnlySpan<string> inputs) => Node(new NodeProto { OpType = operation }, inputs);

    /// <summary>Adds a node.</summary>
    /// <param name="node">The node, without inputs and output.</param>
    /// <param name="inputs">The values that it takes.</param>
    /// <returns>The name of its result.</returns>
    public string Node(NodeProto node, params ReadOnlySpan<string> inputs)
    {
        node.Name = $"{node.OpType}{_graph.Node.Count}";
        foreach (var input in inputs)
            node.Input.Add(input);
        node.Output.Add($"value{_graph.Node.Count}");
        _graph.Node.Add(node);
        return node.Output[0];
    }

    /// <summary>Declares input and output.</summary>
    /// <param name="result">The value that is the scores; the last node's.</param>
    public GraphProto Finish(string result)
    {
        var last = _graph.Node[^1];
        if (last.Output[0] != result)
            throw new ArgumentException($"'{result}' is not what the last node gives ('{last.Output[0]}').", nameof(result));
        last.Output[0] = OnnxExport.Output;
        _graph.Input.Add(Rows(OnnxExport.Input, features));
        _graph.Output.Add(Rows(OnnxExport.Output, 1));
        return _graph;
    }

    private static ValueInfoProto Rows(string value, int width) => new()
    {
        Name = value,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = (int)TensorProto.Types.DataType.Float,
                Shape = new TensorShapeProto
                {
                    Dim = { new TensorShapeProto.Types.Dimension { DimParam = "rows" }, new TensorShapeProto.Types.Dimension { DimValue = width } },
                },
            },
        },
    };
}
