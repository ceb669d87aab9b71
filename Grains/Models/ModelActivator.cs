using AgentRec.Grains.Abstractions.Models;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Recommenders.Artifacts;

namespace AgentRec.Grains.Models;

/// <summary>
/// Decides whether a model may become the active one, and makes it so: the one check for training, the command line and running
/// silos. What is decided holds for what is active at the moment of the activation; where another one comes first, it is decided
/// anew.
/// </summary>
/// <param name="registry">Knows the models.</param>
/// <param name="greatestLoss">The margin (<see cref="ModelOptions.GreatestLoss"/>).</param>
internal sealed class ModelActivator(IArtifactRegistry registry, double greatestLoss)
{
    /// <summary>Activates a model.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="version">The model.</param>
    /// <param name="force">True to activate it whatever the comparison says.</param>
    /// <param name="isNew">True when it was trained just now.</param>
    /// <param name="fault">Loads and tries the model; answers why it cannot be used, or null when it can.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ModelActivationOutcome> ActivateAsync(
        string tenant, string version, bool force, bool isNew, Func<ModelArtifactEntry, Task<string?>> fault, CancellationToken cancellationToken)
    {
        if (await registry.FindAsync(tenant, version, cancellationToken) is not { } entry)
            return new ModelActivationOutcome(ModelActivationStatus.Unknown, version, null, $"No model has the version '{version}'.");
        var isTried = false;
        while (true)
        {
            var last = await registry.LastAsync(tenant, cancellationToken);
            if (string.Equals(last?.Version, version, StringComparison.Ordinal))
                return new ModelActivationOutcome(ModelActivationStatus.AlreadyActive, version);
            var comparison = await CompareAsync(tenant, entry, last, cancellationToken);
            var isTooWorse = comparison is { IsTooWorse: true };
            if (isTooWorse && !force)
                return new ModelActivationOutcome(ModelActivationStatus.Refused, version, comparison, $"{comparison!.InWords}.");
            if (!isTried && await fault(entry) is { } reason)
                return new ModelActivationOutcome(ModelActivationStatus.Unusable, version, comparison, reason);
            isTried = true;
            var cause = isTooWorse ? ActivationCause.Forced
                : isNew ? ActivationCause.Train
                : await WasActiveAsync(tenant, version, cancellationToken) ? ActivationCause.Rollback
                : ActivationCause.Request;
            if (await registry.ActivateAsync(tenant, version, cause, last?.Number ?? 0, cancellationToken) is not null)
                return new ModelActivationOutcome(ModelActivationStatus.Activated, version, comparison);
        }
    }

    private async Task<ModelComparison?> CompareAsync(string tenant, ModelArtifactEntry entry, ModelActivation? last, CancellationToken cancellationToken) =>
        last is not null && await registry.FindAsync(tenant, last.Version, cancellationToken) is { } active
        && ArtifactManifest.Parse(entry.Manifest) is { } candidate && ArtifactManifest.Parse(active.Manifest) is { } served
            ? SwapRule.Compare(candidate, served, greatestLoss)
            : null;

    private async Task<bool> WasActiveAsync(string tenant, string version, CancellationToken cancellationToken) =>
        (await registry.ListAsync(tenant, cancellationToken)).Any(model => string.Equals(model.Artifact.Version, version, StringComparison.Ordinal) && !model.Activations.IsEmpty);
}
