using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Models;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Recommenders.Artifacts;

namespace AgentRec.Grains.Models;

/// <summary>Shows the registry.</summary>
internal static class ModelViews
{
    /// <summary>Reads all models of a tenant.</summary>
    /// <param name="registry">Knows the models.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="greatestLoss">The margin.</param>
    /// <param name="silos">What is served where.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<ModelsView> ReadAsync(
        IArtifactRegistry registry, string tenant, double greatestLoss, ImmutableArray<SiloModel> silos, CancellationToken cancellationToken)
    {
        var models = await registry.ListAsync(tenant, cancellationToken);
        var active = models.SelectMany(model => model.Activations).MaxBy(activation => activation.Number)?.Version;
        return new ModelsView(active, greatestLoss, [.. models.Select(model => Of(model, active))], silos);
    }

    private static ModelView Of(RegisteredModel model, string? active)
    {
        var (entry, isActive) = (model.Artifact, string.Equals(model.Artifact.Version, active, StringComparison.Ordinal));
        if (ArtifactManifest.Parse(entry.Manifest) is not { } manifest)
            return new ModelView(entry.Version, isActive, model.AddedAt, model.Activations, null, ImmutableSortedDictionary<string, double>.Empty, null, [], null);
        var info = manifest.Info;
        var data = new ModelData(
            DateTimeOffset.FromUnixTimeMilliseconds(info.FirstTime), DateTimeOffset.FromUnixTimeMilliseconds(info.LastTime),
            info.TrainedItems, info.Users, info.Positives, info.Seed);
        return new ModelView(
            entry.Version, isActive, model.AddedAt, model.Activations, data, info.Metrics, SwapRule.Figure(manifest), manifest.Scorers, manifest.Ranking?.Kind);
    }
}
