using System.Collections.Immutable;
using AgentRec.Ranker.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.Ranker.Models;

/// <summary>
/// Brings what is served in line with what lies on disk. New versions are loaded and warm before they are served; versions that
/// go are served to the end of what waits for them. A broken version is passed over: the ones before it stay.
/// </summary>
/// <param name="options">The repository.</param>
/// <param name="store">What is served.</param>
/// <param name="loader">Loads versions.</param>
/// <param name="metrics">Hears of loads.</param>
/// <param name="logger">Hears what was loaded, and what could not be.</param>
internal sealed partial class ModelRefresh(
    IOptions<RankerOptions> options, ModelStore store, ModelLoader loader, RankerMetrics metrics, ILogger<ModelRefresh> logger)
{
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>Versions that could not be loaded; each is tried again when its file changes.</summary>
    private ImmutableHashSet<VersionFile> _broken = [];

    /// <summary>Looks at the repository once.</summary>
    public async Task RunAsync()
    {
        await _oneAtATime.WaitAsync();
        try
        {
            await ServeAsync(ModelFolders.Read(options.Value.Repository));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(options.Value.Repository, exception);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Serves nothing any more.</summary>
    public async Task ClearAsync()
    {
        await _oneAtATime.WaitAsync();
        try
        {
            await ServeAsync([]);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task ServeAsync(IReadOnlyList<ModelFolder> folders)
    {
        _broken = _broken.Intersect(folders.SelectMany(folder => folder.Versions));
        LoadedVersion[] before = [.. store.Models.Values.SelectMany(model => model.Versions)];
        ServedModel[] models = [.. folders.Select(Serve)];
        store.Replace(models);
        // Nobody finds these any more.
        foreach (var retired in before.Except(models.SelectMany(model => model.Versions)))
        {
            await retired.DisposeAsync();
            LogRetired(retired.File.Model, retired.File.Number);
        }
    }

    private ServedModel Serve(ModelFolder folder)
    {
        ImmutableArray<LoadedVersion> current = store.Models.TryGetValue(folder.Name, out var served) ? served.Versions : [];
        var kept = ImmutableArray.CreateBuilder<LoadedVersion>();
        foreach (var file in folder.Versions)
        {
            if (kept.Count == options.Value.KeptVersions)
                break;
            var same = current.FirstOrDefault(version => version.File.Number == file.Number);
            // A file that changed in place and cannot be loaded leaves what was loaded from it before.
            if ((same?.File == file ? same : TryLoad(file) ?? same) is { } version)
                kept.Add(version);
        }
        return new ServedModel(folder.Name, kept.DrainToImmutable());
    }

    private LoadedVersion? TryLoad(VersionFile file)
    {
        if (_broken.Contains(file))
            return null;
        try
        {
            var version = loader.Load(file);
            metrics.Loaded(file.Model, succeeded: true);
            LogLoaded(file.Model, file.Number, version.ArtifactVersion, version.Features);
            return version;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException or Microsoft.ML.OnnxRuntime.OnnxRuntimeException)
        {
            _broken = _broken.Add(file);
            metrics.Loaded(file.Model, succeeded: false);
            LogBroken(file.Path, exception);
            return null;
        }
    }

    [LoggerMessage(EventName = "ModelLoaded", Level = LogLevel.Information, Message = "Model {Model} version {Version} (artifact '{Artifact}', {Features} features) is warm and served")]
    private partial void LogLoaded(string model, int version, string artifact, int features);

    [LoggerMessage(EventName = "ModelRetired", Level = LogLevel.Information, Message = "Model {Model} version {Version} is no longer served")]
    private partial void LogRetired(string model, int version);

    [LoggerMessage(EventName = "ModelBroken", Level = LogLevel.Error, Message = "{Path} cannot be served and is passed over until it changes; earlier versions stay")]
    private partial void LogBroken(string path, Exception exception);

    [LoggerMessage(EventName = "RepositoryUnreadable", Level = LogLevel.Error, Message = "The model repository {Repository} cannot be read; what is served stays")]
    private partial void LogUnreadable(string repository, Exception exception);
}
