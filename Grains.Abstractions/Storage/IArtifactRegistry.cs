using System.Collections.Immutable;
using AgentRec.Grains.Abstractions.Models;

namespace AgentRec.Grains.Abstractions.Storage;

/// <summary>Which trained models exist, which one is served, and which were.</summary>
public interface IArtifactRegistry
{
    /// <summary>Registers a trained model without activating it. A version that is known keeps its place and its moment; the greater number of erasures counts.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="artifact">The model.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask AddAsync(string tenant, ModelArtifactEntry artifact, CancellationToken cancellationToken);

    /// <summary>Makes a registered model the active one, provided that nothing was activated since the caller looked.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="version">The model.</param>
    /// <param name="cause">What activates it.</param>
    /// <param name="expected">The number of the last activation that the caller knows; 0 for none.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The activation; null when the last one is another by now, or no such model is registered.</returns>
    ValueTask<ModelActivation?> ActivateAsync(string tenant, string version, ActivationCause cause, long expected, CancellationToken cancellationToken);

    /// <summary>Reads the last activation, which is in force.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Null when nothing was activated yet.</returns>
    ValueTask<ModelActivation?> LastAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Reads the active model.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The entry, or null when nothing was activated yet.</returns>
    ValueTask<ModelArtifactEntry?> ActiveAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Reads a model.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="version">The model.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The entry, or null when none is registered under this version.</returns>
    ValueTask<ModelArtifactEntry?> FindAsync(string tenant, string version, CancellationToken cancellationToken);

    /// <summary>Reads all models, the newest first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    ValueTask<ImmutableArray<RegisteredModel>> ListAsync(string tenant, CancellationToken cancellationToken);
}

/// <summary>A trained model on disk.</summary>
/// <param name="Version">The version: a digest of its content.</param>
/// <param name="Folder">The folder's name within the store's artifacts.</param>
/// <param name="Manifest">The manifest as JSON.</param>
public sealed record ModelArtifactEntry(string Version, string Folder, string Manifest)
{
    /// <summary>The last erasure of a user that its data is without (<see cref="IErasureStore.LastAsync"/>, read before the data was).</summary>
    public long Erasures { get; init; }
}

/// <summary>A model with its past.</summary>
/// <param name="Artifact">The model.</param>
/// <param name="AddedAt">When it was added; null where the build that did it recorded none.</param>
/// <param name="Activations">Its activations, the newest first.</param>
public sealed record RegisteredModel(ModelArtifactEntry Artifact, DateTimeOffset? AddedAt, ImmutableArray<ModelActivation> Activations);
