using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Planning;

namespace AgentRec.Inference;

/// <summary>A tensor as a server describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Datatype">The type of its elements, such as <c>FP32</c>.</param>
/// <param name="Shape">Its shape; -1 for any size.</param>
internal sealed record TensorDescription(string Name, string Datatype, ImmutableArray<long> Shape)
{
    public override string ToString() => $"'{Name}' {Datatype} [{string.Join(", ", Shape)}]";
}

/// <summary>What a server says of the model that it serves.</summary>
/// <param name="Inputs">The model's inputs.</param>
/// <param name="Outputs">The model's outputs.</param>
/// <param name="MaximumBatch">The greatest number of rows in a request; 0 when the server does not say.</param>
/// <param name="ArtifactVersion">The artifact that the model was written from; empty when the server does not say.</param>
internal sealed record ModelContract(
    ImmutableArray<TensorDescription> Inputs, ImmutableArray<TensorDescription> Outputs, int MaximumBatch, string ArtifactVersion)
{
    private const string Datatype = "FP32";

    /// <summary>How what is served differs from what a batch needs; null when it does not.</summary>
    /// <param name="options">The names that are expected.</param>
    /// <param name="batch">The batch.</param>
    public string? Problem(RankingOptions options, RankingBatch batch)
    {
        if (Inputs is not [var input] || input.Name != options.Input || input.Datatype != Datatype
            || input.Shape is not [_, var width] || (width != -1 && width != batch.Features))
        {
            return $"its inputs are {string.Join(" and ", Inputs)}, but one is needed, '{options.Input}' {Datatype} [-1, {batch.Features}]";
        }
        if (Outputs.FirstOrDefault(output => output.Name == options.Output) is not { Datatype: Datatype })
            return $"its outputs are {string.Join(" and ", Outputs)}, but '{options.Output}' {Datatype} is needed";
        return ArtifactProblem(ArtifactVersion, batch);
    }

    /// <summary>How the artifact that scored differs from the one that a batch was built for; null when it does not, or either is unknown.</summary>
    /// <param name="artifact">The artifact that scored.</param>
    /// <param name="batch">The batch.</param>
    public static string? ArtifactProblem(string artifact, RankingBatch batch) =>
        artifact.Length == 0 || batch.ModelVersion.Length == 0 || artifact == batch.ModelVersion ? null
        : $"it was written from artifact '{artifact}', but the features are those of '{batch.ModelVersion}'";
}
