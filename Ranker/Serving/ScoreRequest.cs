using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using AgentRec.Ranker.Models;
using AgentRec.Recommenders.Onnx;

namespace AgentRec.Ranker.Serving;

/// <summary>A tensor as a request declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Datatype">The type of its elements.</param>
/// <param name="Shape">Its shape.</param>
internal sealed record DeclaredTensor(string Name, string Datatype, IReadOnlyList<long> Shape);

/// <summary>A request for scores, whichever way it came.</summary>
/// <param name="Model">The model.</param>
/// <param name="Version">Its version; empty for the latest.</param>
/// <param name="Inputs">The declared inputs.</param>
/// <param name="Outputs">The outputs that are asked for; none for all.</param>
/// <param name="Values">The elements of the input, FP32, row-major.</param>
internal sealed record ScoreRequest(string Model, string Version, IReadOnlyList<DeclaredTensor> Inputs, IReadOnlyList<string> Outputs, ReadOnlyMemory<byte> Values)
{
    /// <summary>The datatype of every tensor here.</summary>
    public const string Datatype = "FP32";

    /// <summary>The number of rows that the request declares; meaningful when there is no <see cref="Problem"/>.</summary>
    public int Rows => (int)Inputs[0].Shape[0];

    /// <summary>What is wrong with the request; null when a version can answer it.</summary>
    /// <param name="version">The version.</param>
    /// <param name="maximumRows">The greatest number of rows.</param>
    public string? Problem(LoadedVersion version, int maximumRows)
    {
        if (Inputs is not [{ Name: OnnxExport.Input } input])
            return $"The request has the inputs [{string.Join(", ", Inputs.Select(tensor => $"'{tensor.Name}'"))}]; model '{Model}' takes one, '{OnnxExport.Input}'.";
        if (input.Datatype != Datatype)
            return $"Input '{input.Name}' is {input.Datatype}; it must be {Datatype}.";
        if (input.Shape is not [>= 1, var width] || width != version.Features)
            return $"Input '{input.Name}' has the shape [{string.Join(", ", input.Shape)}]; it must be [rows, {version.Features}] with at least one row.";
        if (input.Shape[0] > maximumRows)
            return $"Input '{input.Name}' has {input.Shape[0]} rows; a request may have {maximumRows}: split it.";
        if (Values.Length != input.Shape[0] * width * sizeof(float))
            return $"Input '{input.Name}' has {Values.Length / (double)sizeof(float)} elements; its shape asks for {input.Shape[0] * width}.";
        if (Outputs.FirstOrDefault(output => output != OnnxExport.Output) is { } unknown)
            return $"Output '{unknown}' is asked for; model '{Model}' has '{OnnxExport.Output}'.";
        return TensorPrimitives.IsFiniteAll(MemoryMarshal.Cast<byte, float>(Values.Span)) ? null
            : $"Input '{input.Name}' holds NaN or infinity; features are finite.";
    }
}
