using AgentRec.Grains.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.Silo.Models;

/// <summary>
/// Follows activations that were asked for elsewhere: reads the version that is active every few seconds, which costs one indexed
/// row, and again after a while where a model could not be loaded.
/// </summary>
/// <param name="models">Brings the silo to the active model.</param>
/// <param name="startup">Loads the first model.</param>
/// <param name="options">How often.</param>
/// <param name="time">The machine's clock.</param>
/// <param name="logger">Hears of failures.</param>
internal sealed partial class ModelWatch(
    ModelSwitch models, SiloStartup startup, IOptions<ModelOptions> options, TimeProvider time, ILogger<ModelWatch> logger) : StoreWatch(startup, time)
{
    protected override TimeSpan Wait => TimeSpan.FromMilliseconds(models.Failure is null ? options.Value.CheckMilliseconds : options.Value.RetryMilliseconds);

    protected override Task LookAsync(CancellationToken cancellationToken) => models.FollowAsync(null, cancellationToken);

    [LoggerMessage(EventName = "ModelWatchFailed", Level = LogLevel.Warning, Message = "Which model is active could not be read; the silo goes on with what it has")]
    protected override partial void LogLookFailed(Exception exception);
}
