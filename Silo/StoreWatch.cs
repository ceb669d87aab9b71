using AgentRec.Grains.Tenants;
using AgentRec.Silo.Tenants;
using Microsoft.Extensions.Hosting;

namespace AgentRec.Silo;

/// <summary>
/// Looks into the store again and again for what happened elsewhere, from when the silo has loaded what it begins with: opens tenants that
/// are new, and looks for each that is open.
/// </summary>
/// <param name="opening">Opens tenants.</param>
/// <param name="startup">Loads what the silo begins with.</param>
/// <param name="time">The machine's clock.</param>
internal abstract class StoreWatch(TenantOpening opening, SiloStartup startup, TimeProvider time) : BackgroundService
{
    private const string AllTenants = "all tenants";

    /// <summary>How long to wait before the next look.</summary>
    protected abstract TimeSpan Wait { get; }

    /// <summary>Looks, and takes up what is new.</summary>
    /// <param name="tenant">Of which tenant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    protected abstract Task LookAsync(TenantServing tenant, CancellationToken cancellationToken);

    /// <summary>Tells of a look that failed.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="whose">Of which tenants, in words.</param>
    protected abstract void LogLookFailed(Exception exception, string whose);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Wait, time, stoppingToken);
            if (!startup.IsComplete)
                continue;
            await TryAsync(AllTenants, () => opening.OpenStoredAsync(stoppingToken), stoppingToken);
            foreach (var tenant in opening.Opened)
                await TryAsync($"tenant {tenant.Name}", () => LookAsync(tenant, stoppingToken), stoppingToken);
        }
    }

    private async Task TryAsync(string whose, Func<Task> look, CancellationToken stoppingToken)
    {
        try
        {
            await look();
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // A store that does not answer must not end the silo, nor one tenant's fault keep the others from being looked after.
            LogLookFailed(exception, whose);
        }
    }
}
