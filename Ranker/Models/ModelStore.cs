using System.Collections.Immutable;

namespace AgentRec.Ranker.Models;

/// <summary>A model and the versions of it that are served.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Versions">The versions, latest first; none while no version could be loaded.</param>
internal sealed record ServedModel(string Name, ImmutableArray<LoadedVersion> Versions);

/// <summary>What is served at the moment. Requests read it without waiting; whoever loads models replaces it as a whole.</summary>
internal sealed class ModelStore
{
    private volatile ImmutableSortedDictionary<string, ServedModel> _models = ImmutableSortedDictionary.Create<string, ServedModel>(StringComparer.Ordinal);
    private volatile bool _stopping;

    /// <summary>The models, by name.</summary>
    public ImmutableSortedDictionary<string, ServedModel> Models => _models;

    /// <summary>True when every model of the repository has a warm version, there is one, and the host is not about to stop.</summary>
    public bool IsReady => !_stopping && !_models.IsEmpty && _models.Values.All(model => !model.Versions.IsEmpty);

    /// <summary>The version that a request means; null when it is not served.</summary>
    /// <param name="model">The model.</param>
    /// <param name="version">The version; empty for the latest.</param>
    public LoadedVersion? Find(string model, string version) =>
        !_models.TryGetValue(model, out var served) ? null
        : version.Length == 0 ? served.Versions.FirstOrDefault()
        : served.Versions.FirstOrDefault(loaded => loaded.Name == version);

    /// <summary>Serves other models from now on.</summary>
    /// <param name="models">The models.</param>
    public void Replace(IEnumerable<ServedModel> models) => _models = models.ToImmutableSortedDictionary(model => model.Name, model => model, StringComparer.Ordinal);

    /// <summary>Says that the host is about to stop: it still answers, but should be sent nothing new.</summary>
    public void BeginStop() => _stopping = true;
}
