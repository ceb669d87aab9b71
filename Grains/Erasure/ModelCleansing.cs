using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Models;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Models;
using AgentRec.Grains.Tenants;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Training;
using Microsoft.Extensions.Logging;

namespace AgentRec.Grains.Erasure;

/// <summary>
/// Makes the active model one that holds nobody who was erased: every scorer and every count is fitted again to the log as it stands,
/// with the parameters that were chosen before. What was learned across users (the blend's weights, the calibration, the ranking
/// model's graph) stays until the next training. One fit serves all who were erased before it began. Tenants take turns.
/// </summary>
/// <param name="erasures">Knows who was erased.</param>
/// <param name="catalogue">Holds what is learned from.</param>
/// <param name="registry">Knows the models.</param>
/// <param name="files">Keeps them.</param>
/// <param name="logger">Hears of refits.</param>
internal sealed partial class ModelCleansing(
    IErasureStore erasures,
    ICatalogueStore catalogue,
    IArtifactRegistry registry,
    IArtifactFiles files,
    ILogger<ModelCleansing> logger) : IDisposable
{
    private const int Attempts = 3;

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Fits the active model again, where somebody was erased whom it may hold.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How the models stand, in the words of a receipt, and the active version.</returns>
    /// <exception cref="InvalidOperationException">Other models kept being activated meanwhile.</exception>
    public async Task<(string Status, string Version)> RunAsync(TenantServing tenant, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                if (await registry.ActiveAsync(tenant.Name, cancellationToken) is not { } active)
                    return ("none", "");
                var last = await erasures.LastAsync(tenant.Name, cancellationToken);
                if (active.Erasures >= last)
                    return ("unchanged", active.Version);
                if (await RefitAsync(tenant, active, last, cancellationToken) is { } version)
                    return (string.Equals(version, active.Version, StringComparison.Ordinal) ? "unchanged" : "refitted", version);
            }
        }
        finally
        {
            _one.Release();
        }
        throw new InvalidOperationException("Other models kept being activated while the active one was fitted again.");
    }

    public void Dispose() => _one.Dispose();

    /// <returns>The version that is active now; null where another model came first.</returns>
    private async Task<string?> RefitAsync(TenantServing tenant, ModelArtifactEntry active, long erased, CancellationToken cancellationToken)
    {
        var activation = await registry.LastAsync(tenant.Name, cancellationToken);
        await tenant.Models.FollowAsync(null, cancellationToken);
        var current = tenant.Serving.Current;
        if (activation is null || !string.Equals(activation.Version, active.Version, StringComparison.Ordinal) || !string.Equals(current.Version, active.Version, StringComparison.Ordinal))
            return null;
        var interactions = new List<Interaction>();
        await foreach (var interaction in catalogue.ReadInteractionsAsync(tenant.Name, cancellationToken))
            interactions.Add(interaction);
        var model = current.Required;
        // Half of the machine goes on with turns.
        var options = new TrainingOptions { Seed = model.Info.Seed, Threads = Math.Max(1, Environment.ProcessorCount / 2) };
        var refitted = await Task.Run(
            () => ModelRefit.Fit(model, TrainingData.Create(model.Catalogue, interactions, options.Seed), options, cancellationToken), cancellationToken);
        var version = (await new ModelShelf(files, registry).PutAsync(tenant.Name, refitted, erased, cancellationToken)).Version;
        if (!string.Equals(version, active.Version, StringComparison.Ordinal)
            && await registry.ActivateAsync(tenant.Name, version, ActivationCause.Erasure, activation.Number, cancellationToken) is null)
            return null;
        await tenant.Models.FollowAsync(null, cancellationToken);
        LogRefitted(tenant.Name, active.Version, version);
        return version;
    }

    [LoggerMessage(EventName = "ModelCleansed", Level = LogLevel.Information, Message = "Model {Version} of tenant {Tenant} was fitted again without erased users: {Refitted}")]
    private partial void LogRefitted(string tenant, string version, string refitted);
}
