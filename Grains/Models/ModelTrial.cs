using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Artifacts;

namespace AgentRec.Grains.Models;

/// <summary>Loads a model and tries it before anybody is served with it.</summary>
internal static class ModelTrial
{
    /// <summary>Loads and tries.</summary>
    /// <param name="path">The model's folder on this machine.</param>
    /// <param name="entry">The model as it is registered.</param>
    /// <param name="catalogue">What it is to be served over.</param>
    /// <exception cref="ArtifactException">It is not whole, not of this catalogue, not the registered one, or does not score.</exception>
    public static RecommenderModel Load(string path, ModelArtifactEntry entry, Catalogue catalogue)
    {
        try
        {
            var manifest = ModelArtifact.ReadManifest(path);
            if (!string.Equals(manifest.Version, entry.Version, StringComparison.Ordinal))
                throw new ArtifactException($"'{path}' holds the model {manifest.Version}, not {entry.Version} that is registered: restore the artifact, or train anew.");
            var model = ModelArtifact.Load(path, catalogue);
            Try(model, entry.Version);
            return model;
        }
        catch (Exception exception) when (exception is not ArtifactException)
        {
            // Whatever a file can make a reader or the native runtime say, it must end the loading and nothing else.
            throw new ArtifactException($"The model {entry.Version} in '{path}' cannot be used ({exception.Message}): restore the artifact, or train anew.");
        }
    }

    private static void Try(RecommenderModel model, string version)
    {
        foreach (var history in Histories(model.Info))
        {
            foreach (var score in model.Score(history).Raw)
            {
                if (!float.IsFinite(score))
                    throw new ArtifactException($"The model {version} scores a user of {history.Count} items with {score}: train anew.");
            }
        }
    }

    /// <summary>A new user, one of a single item, and one of some items from all over the catalogue.</summary>
    private static IEnumerable<UserHistory> Histories(ModelInfo info)
    {
        const int some = 8;
        yield return UserHistory.Empty;
        if (info.TrainedItems == 0)
            yield break;
        yield return UserHistory.Create([(0, info.LastTime)]);
        yield return UserHistory.Create(Enumerable.Range(0, some).Select(i => ((int)((long)i * info.TrainedItems / some), info.LastTime)));
    }
}
