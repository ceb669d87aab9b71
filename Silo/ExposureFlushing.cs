using AgentRec.Grains.Items;
using AgentRec.Grains.Tenants;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.Silo;

/// <summary>Keeps the silo's views of the exposure ledgers fresh: at the start, every few seconds, and once more before the silo stops.</summary>
/// <param name="tenants">Whose ledgers they are.</param>
/// <param name="options">How often.</param>
/// <param name="logger">Hears of failures.</param>
internal sealed partial class ExposureFlushing(
    ServedTenants tenants, IOptions<ExposureOptions> options, ILogger<ExposureFlushing> logger) : BackgroundService
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

    private Task RefreshAsync(CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(tenants.All, cancellationToken, async (tenant, token) => await RefreshAsync(tenant, token));

    private async Task RefreshAsync(TenantServing tenant, CancellationToken cancellationToken)
    {
        try
        {
            await tenant.Exposures.RefreshAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Counts wait in the silo, bids go by the last snapshot: the next time may do better.
            LogRefreshFailed(exception, tenant.Name);
        }
    }

    [LoggerMessage(EventName = "ExposureRefreshFailed", Level = LogLevel.Warning, Message = "The exposure ledger of tenant {Tenant} could not be refreshed; bids go by the last snapshot")]
    private partial void LogRefreshFailed(Exception exception, string tenant);
}
