using AgentRec.Grains.Abstractions.Models;
using AgentRec.Recommenders.Artifacts;
using AgentRec.Recommenders.Ranking;
using AgentRec.Recommenders.Training;

namespace AgentRec.Grains.Models;

/// <summary>Compares models by what their manifests say of them.</summary>
internal static class SwapRule
{
    /// <summary>The figure of what a model serves with; null where its training measured none.</summary>
    public static ModelFigure? Figure(ArtifactManifest manifest)
    {
        var part = manifest.Info.Metrics.ContainsKey(RankingModel.ModelName) ? RankingModel.ModelName : ModelTrainer.BlendName;
        return manifest.Info.Metrics.TryGetValue(part, out var ndcg) ? new ModelFigure(manifest.Version, part, ndcg) : null;
    }

    /// <summary>Compares.</summary>
    /// <param name="candidate">The model that is to be activated.</param>
    /// <param name="active">The active one.</param>
    /// <param name="greatestLoss">The margin.</param>
    /// <returns>Null where there is nothing to lose, or nothing to compare.</returns>
    public static ModelComparison? Compare(ArtifactManifest candidate, ArtifactManifest active, double greatestLoss) =>
        Figure(candidate) is { } offered && Figure(active) is { Ndcg: > 0 } served
            ? new ModelComparison(offered, served, 1 - offered.Ndcg / served.Ndcg, greatestLoss, IsOnTheSameTail(candidate, active))
            : null;

    // The tail is a function of the data and the seed; which scorers were trained on it does not matter.
    private static bool IsOnTheSameTail(ArtifactManifest one, ArtifactManifest other) =>
        one.Info with { Metrics = other.Info.Metrics } == other.Info && string.Equals(one.CatalogueDigest, other.CatalogueDigest, StringComparison.Ordinal);
}
