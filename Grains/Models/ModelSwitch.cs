using AgentRec.Grains.Abstractions.Models;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Serving;
using AgentRec.Recommenders.Artifacts;
using Microsoft.Extensions.Logging;

namespace AgentRec.Grains.Models;

/// <summary>
/// Brings what a silo serves a tenant to the tenant's active model: loads it beside the one that is served, tries it, and lets it
/// take the other's place. A model that cannot be loaded changes nothing, and is named.
/// </summary>
/// <param name="serving">What is served.</param>
/// <param name="registry">Knows which model is active.</param>
/// <param name="loader">Loads models.</param>
/// <param name="time">The machine's clock, for its pace alone.</param>
/// <param name="logger">Hears of changes and failures.</param>
internal sealed partial class ModelSwitch(
    ServingHost serving, IArtifactRegistry registry, ModelLoader loader, TimeProvider time, ILogger<ModelSwitch> logger) : IDisposable
{
    private readonly SemaphoreSlim _following = new(1);
    private volatile string? _loading;
    private volatile ModelFailure? _failure;
    private long _failedAt;

    /// <summary>The active model that could not be loaded; null while all is well.</summary>
    public ModelFailure? Failure => _failure;

    /// <summary>For how long the active model could not be loaded since it was tried last; zero while all is well.</summary>
    public TimeSpan Failed => _failure is null ? TimeSpan.Zero : time.GetElapsedTime(Volatile.Read(ref _failedAt));

    private string Tenant => serving.Current.Tenant;

    /// <summary>What this silo serves and does.</summary>
    /// <param name="silo">The silo's name.</param>
    public SiloModel State(string silo) => new(silo, serving.Current is { IsReady: true } current ? current.Version : null, _loading, _failure);

    /// <summary>Loads and tries a model; what is served stays as it is.</summary>
    /// <param name="entry">The model.</param>
    /// <exception cref="ArtifactException">It cannot be used.</exception>
    public async Task<LoadedModel> LoadAsync(ModelArtifactEntry entry)
    {
        try
        {
            _loading = entry.Version;
            return await loader.LoadAsync(entry, () => serving.Current.Catalogue);
        }
        finally
        {
            Interlocked.CompareExchange(ref _loading, null, entry.Version);
        }
    }

    /// <summary>Serves the active model from now on, unless it is served already or cannot be loaded.</summary>
    /// <param name="loaded">A model that is loaded already: used if it is the active one.</param>
    /// <param name="cancellationToken">Gives up waiting for another change.</param>
    public async Task FollowAsync(LoadedModel? loaded, CancellationToken cancellationToken)
    {
        await _following.WaitAsync(cancellationToken);
        try
        {
            // Another model may be activated while one is loaded: the last one counts.
            while (await registry.ActiveAsync(Tenant, cancellationToken) is { } active && !string.Equals(active.Version, serving.Current.Version, StringComparison.Ordinal))
            {
                try
                {
                    loaded = string.Equals(loaded?.Version, active.Version, StringComparison.Ordinal) ? loaded : await LoadAsync(active);
                }
                catch (ArtifactException exception)
                {
                    Volatile.Write(ref _failedAt, time.GetTimestamp());
                    _failure = new ModelFailure(active.Version, exception.Message);
                    LogModelNotLoaded(Tenant, active.Version, exception.Message, serving.Current.Version);
                    return;
                }
                await serving.SwapAsync(loaded!.Model, loaded.Version);
                LogModelServed(Tenant, loaded.Version, serving.Current.Catalogue.Count);
            }
            _failure = null;
        }
        finally
        {
            _following.Release();
        }
    }

    /// <summary>Serves the newest activated model that can be loaded, where the active one cannot: for a start, which has no other.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await FollowAsync(null, cancellationToken);
        if (_failure is not { } failure)
            return;
        var models = await registry.ListAsync(Tenant, cancellationToken);
        foreach (var model in models.Where(model => !model.Activations.IsEmpty).OrderByDescending(model => model.Activations[0].Number))
        {
            if (string.Equals(model.Artifact.Version, failure.Version, StringComparison.Ordinal))
                continue;
            try
            {
                var loaded = await LoadAsync(model.Artifact);
                await serving.SwapAsync(loaded.Model, loaded.Version);
                LogModelServed(Tenant, loaded.Version, serving.Current.Catalogue.Count);
                return;
            }
            catch (ArtifactException exception)
            {
                LogModelNotLoaded(Tenant, model.Artifact.Version, exception.Message, serving.Current.Version);
            }
        }
    }

    public void Dispose() => _following.Dispose();

    [LoggerMessage(EventName = "ModelServed", Level = LogLevel.Information, Message = "Model {Version} serves the {Items} items of tenant {Tenant}")]
    private partial void LogModelServed(string tenant, string version, int items);

    [LoggerMessage(EventName = "ModelNotLoaded", Level = LogLevel.Error, Message = "Model {Version} of tenant {Tenant} cannot be served: {Reason} Served is '{Serving}'")]
    private partial void LogModelNotLoaded(string tenant, string version, string reason, string serving);
}
