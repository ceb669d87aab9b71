using AgentRec.Grains.Items;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.Silo;

/// <summary>Keeps the silo's view of the exposure ledger fresh: at the start, every few seconds, and once more before the silo stops.</summary>
/// <param name="exposures">The silo's view.</param>
/// <param name="options">How often.</param>
/// <param name="logger">Hears of failures.</param>
internal sealed partial class ExposureFlushing(
    SiloExposures exposures, IOptions<ExposureOptions> options, ILogger<ExposureFlushing> logger) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await RefreshAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.FlushMilliseconds));
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await RefreshAsync(stoppingToken);
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await exposures.RefreshAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Counts wait in the silo, bids go by the last snapshot: the next time may do better.
            LogRefreshFailed(exception);
        }
    }

    [LoggerMessage(EventName = "ExposureRefreshFailed", Level = LogLevel.Warning, Message = "The exposure ledger could not be refreshed; bids go by the last snapshot")]
    private partial void LogRefreshFailed(Exception exception);
}
