using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using AgentRec.Recommenders.Blending;
using AgentRec.Recommenders.Ranking;

namespace AgentRec.Recommenders.Artifacts;

/// <summary>The <c>manifest.json</c> of an artifact.</summary>
/// <param name="Format">The version of the layout (<see cref="ModelArtifact.Format"/>).</param>
/// <param name="Version">The artifact's version: a hash of everything below.</param>
/// <param name="Info">What the model is made of.</param>
/// <param name="CatalogueDigest">A hash of the trained items' ids in the order of their handles.</param>
/// <param name="Parameters">The parameters of each scorer, by name.</param>
/// <param name="Scorers">The scorers, in the order of the blend's weights.</param>
/// <param name="Blend">The learned weights and calibrations.</param>
/// <param name="Files">The binary files with their SHA-256, by name.</param>
public sealed record ArtifactManifest(
    int Format,
    string Version,
    ModelInfo Info,
    string CatalogueDigest,
    ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, double>> Parameters,
    ImmutableArray<string> Scorers,
    Blend Blend,
    ImmutableSortedDictionary<string, string> Files)
{
    /// <summary>What belongs to the learned ranking model; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RankingTerms? Ranking { get; init; }

    /// <summary>Reads a manifest that was checked when it was written, such as a registry keeps.</summary>
    /// <param name="json">Its text.</param>
    /// <returns>Null when it is no manifest of a layout that this build reads.</returns>
    public static ArtifactManifest? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ArtifactManifest>(json, ModelArtifact.Json) is { Format: ModelArtifact.Format } manifest ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Why an artifact cannot be used.</summary>
/// <param name="message">What is wrong, with what, and what to do.</param>
public sealed class ArtifactException(string message) : Exception(message);
