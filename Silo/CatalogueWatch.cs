using AgentRec.Grains.Serving;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.Silo;

/// <summary>Follows items that were put through other silos: looks for them again and again, which costs one look into an index.</summary>
/// <param name="news">Reads them.</param>
/// <param name="startup">Reads the first.</param>
/// <param name="options">How often.</param>
/// <param name="time">The machine's clock.</param>
/// <param name="logger">Hears of failures.</param>
internal sealed partial class CatalogueWatch(
    CatalogueNewsReader news, SiloStartup startup, IOptions<SiloOptions> options, TimeProvider time, ILogger<CatalogueWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.CatalogueMilliseconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (startup.IsComplete)
                await LookAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await news.CatchUpAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A store that does not answer must not end the silo: it serves what it has.
            LogLookFailed(exception);
        }
    }

    [LoggerMessage(EventName = "CatalogueWatchFailed", Level = LogLevel.Warning, Message = "New items could not be read; the silo goes on with those it has")]
    private partial void LogLookFailed(Exception exception);
}
