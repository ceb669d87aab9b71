using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AgentRec.Recommenders.Onnx;

/// <summary>
/// A ranking model run by ONNX Runtime in process: input <see cref="OnnxExport.Input"/>, FP32 [-1, features], output
/// <see cref="OnnxExport.Output"/>, FP32 [-1, 1]. Any number of threads may score at a time; the last of them must be done
/// before the session is disposed.
/// </summary>
public sealed class OnnxSession : IDisposable
{
    /// <summary>Rows of one run: what a layer gives for more of them no longer fits into a core's own cache.</summary>
    private const int BlockRows = 256;

    private static readonly string[] Inputs = [OnnxExport.Input];
    private static readonly string[] Outputs = [OnnxExport.Output];

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();

    private OnnxSession(InferenceSession session, int features) => (_session, Features) = (session, features);

    /// <summary>The number of features in a row.</summary>
    public int Features { get; }

    /// <summary>What the file tells of itself, by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _session.ModelMetadata.CustomMetadataMap;

    /// <summary>Loads a model.</summary>
    /// <param name="model">The file.</param>
    /// <param name="threads">How many threads work on one call; 1 leaves the parallel work to the callers.</param>
    /// <returns>The model, ready to score.</returns>
    /// <exception cref="InvalidDataException">The file is no ONNX model, or not one of a ranking model's input and output.</exception>
    public static OnnxSession Load(byte[] model, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // A thread that waits for the next call must not burn a core that other work needs.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        var session = Open(model, options);
        try
        {
            Check(session.OutputMetadata, OnnxExport.Output, "output", width: 1);
            return new OnnxSession(session, Check(session.InputMetadata, OnnxExport.Input, "input", width: null));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Scores rows.</summary>
    /// <param name="rows">The rows, row-major [scores, features].</param>
    /// <param name="scores">Receives a score for each row; greater is better.</param>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        RowShape.Check(Features, rows, scores);
        for (var first = 0; first < scores.Length; first += BlockRows)
        {
            var count = Math.Min(BlockRows, scores.Length - first);
            Run(rows.Slice(first * Features, count * Features), scores.Slice(first, count));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _run.Dispose();
    }

    private unsafe void Run(ReadOnlySpan<float> rows, Span<float> scores)
    {
        // The runtime works on the caller's memory: nothing is copied.
        fixed (float* input = rows)
        fixed (float* output = scores)
        {
            using var features = Tensor(input, scores.Length, Features);
            using var answer = Tensor(output, scores.Length, 1);
            _session.Run(_run, Inputs, [features], Outputs, [answer]);
        }
    }

    private static unsafe OrtValue Tensor(float* values, int rows, int width) => OrtValue.CreateTensorValueWithData(
        OrtMemoryInfo.DefaultInstance, TensorElementType.Float, [rows, width], (nint)values, (long)rows * width * sizeof(float));

    private static InferenceSession Open(byte[] model, SessionOptions options)
    {
        try
        {
            return new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidDataException($"ONNX Runtime cannot load the {model.Length} bytes of this model: {exception.Message} Write the file anew.", exception);
        }
    }

    /// <summary>Refuses a model whose only tensor on one side is not a ranking model's; returns the tensor's width.</summary>
    private static int Check(IReadOnlyDictionary<string, NodeMetadata> tensors, string name, string side, int? width)
    {
        if (tensors.Count != 1 || !tensors.TryGetValue(name, out var tensor))
            throw new InvalidDataException($"The model's {side} is '{string.Join("', '", tensors.Keys.Order(StringComparer.Ordinal))}'; a ranking model has one {side}, '{name}'.");
        var shape = tensor.Dimensions;
        if (tensor.ElementDataType != TensorElementType.Float || shape is not [< 0, > 0] || (width is { } wanted && shape[1] != wanted))
        {
            throw new InvalidDataException(
                $"The model's {side} '{name}' is {tensor.ElementDataType} [{string.Join(", ", shape)}]; a ranking model's is Float [-1, {(width is { } w ? w : "features")}].");
        }
        return shape[1];
    }
}
