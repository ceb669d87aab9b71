using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AgentRec.Ranker.Models;

/// <summary>Looks at the repository at the start and every little while. Polling sees what watching misses: network mounts and folders that were moved in.</summary>
/// <param name="refresh">Looks.</param>
/// <param name="store">Hears when the host is about to stop.</param>
/// <param name="options">How often.</param>
/// <param name="lifetime">Says when the host is about to stop.</param>
/// <param name="time">The clock.</param>
internal sealed class RepositoryPolling(
    ModelRefresh refresh, ModelStore store, IOptions<RankerOptions> options, IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(store.BeginStop);
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await refresh.ClearAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.PollMilliseconds), time);
        do
        {
            await refresh.RunAsync();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
