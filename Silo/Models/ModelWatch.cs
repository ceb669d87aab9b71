using AgentRec.Grains.Models;
using AgentRec.Grains.Tenants;
using AgentRec.Silo.Tenants;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.Silo.Models;

/// <summary>
/// Follows activations that were asked for elsewhere: reads the version that is active every few seconds, which costs one indexed
/// row, and again after a while where a model could not be loaded.
/// </summary>
/// <param name="opening">Opens tenants.</param>
/// <param name="startup">Loads the first model.</param>
/// <param name="options">How often.</param>
/// <param name="time">The machine's clock.</param>
/// <param name="logger">Hears of failures.</param>
internal sealed partial class ModelWatch(
    TenantOpening opening, SiloStartup startup, IOptions<ModelOptions> options, TimeProvider time, ILogger<ModelWatch> logger) : StoreWatch(opening, startup, time)
{
    protected override TimeSpan Wait => TimeSpan.FromMilliseconds(options.Value.CheckMilliseconds);

    protected override Task LookAsync(TenantServing tenant, CancellationToken cancellationToken) =>
        tenant.Models.Failure is null || tenant.Models.Failed.TotalMilliseconds >= options.Value.RetryMilliseconds
            ? tenant.Models.FollowAsync(null, cancellationToken)
            : Task.CompletedTask;

    [LoggerMessage(EventName = "ModelWatchFailed", Level = LogLevel.Warning, Message = "Which model of {Whose} is active could not be read; the silo goes on with what it has")]
    protected override partial void LogLookFailed(Exception exception, string whose);
}
