using AgentRec.Inference.Triton;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Onnx;
using AgentRec.Recommenders.Ranking;

namespace AgentRec.Silo;

/// <summary>Writes a trained ranking model for another host.</summary>
public static class RankingExport
{
    private const int MaximumBatch = 4_096;
    private const int DelayMicroseconds = 100;

    /// <summary>Adds a version to a Triton model repository, which the Ranker host serves too.</summary>
    /// <param name="model">The trained model.</param>
    /// <param name="version">The artifact's version: it goes with the file, so that clients know what they are answered by.</param>
    /// <param name="directory">The repository; it is made where it is missing.</param>
    /// <returns>The folder of the new version; null when the model holds no ranking model.</returns>
    public static string? Write(RecommenderModel model, string version, string directory)
    {
        if (model.Ranking is not { } ranking)
            return null;
        var graph = OnnxExport.Tagged(ranking.Graph.Span, OnnxExport.ArtifactVersion, version);
        var next = TritonRepository.NextVersion(directory, RankingModel.ModelName);
        return TritonRepository.Write(directory, RankingModel.ModelName, next, graph, ranking.Terms.Features.Length, MaximumBatch, DelayMicroseconds, version);
    }
}
