using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains;
using AgentRec.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.Silo;

/// <summary>Deletes candidate windows that have been kept long enough: at the start, and once a day.</summary>
/// <param name="store">The store.</param>
/// <param name="options">For how long they are kept.</param>
/// <param name="time">The domain's clock, by which windows are old.</param>
/// <param name="logger">Hears of failures.</param>
internal sealed partial class WindowPruning(
    Store store,
    IOptions<SiloOptions> options,
    [FromKeyedServices(DomainTime.Key)] TimeProvider time,
    ILogger<WindowPruning> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period);
        do
        {
            try
            {
                await store.PruneWindowsAsync(time.GetUtcNow().AddDays(-options.Value.WindowDays), stoppingToken);
            }
            catch (StoreUnavailableException exception)
            {
                // Old windows harm nobody: tomorrow is soon enough.
                LogPruningFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(EventName = "WindowPruningFailed", Level = LogLevel.Warning, Message = "Old candidate windows could not be deleted; this is tried again in a day")]
    private partial void LogPruningFailed(Exception exception);
}
