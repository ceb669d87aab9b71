using Microsoft.Extensions.Hosting;

namespace AgentRec.Silo;

/// <summary>Looks into the store again and again for what happened elsewhere, from when the silo has loaded what it begins with.</summary>
/// <param name="startup">Loads that.</param>
/// <param name="time">The machine's clock.</param>
internal abstract class StoreWatch(SiloStartup startup, TimeProvider time) : BackgroundService
{
    /// <summary>How long to wait before the next look.</summary>
    protected abstract TimeSpan Wait { get; }

    /// <summary>Looks, and takes up what is new.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    protected abstract Task LookAsync(CancellationToken cancellationToken);

    /// <summary>Tells of a look that failed.</summary>
    /// <param name="exception">What happened.</param>
    protected abstract void LogLookFailed(Exception exception);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Wait, time, stoppingToken);
            if (!startup.IsComplete)
                continue;
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // A store that does not answer must not end the silo: it serves what it has.
                LogLookFailed(exception);
            }
        }
    }
}
