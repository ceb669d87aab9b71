using AgentRec.Grains.Policies;
using AgentRec.Silo.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AgentRec.Silo;

/// <summary>Loads what the agents need before the silo becomes active: keys, and what is stored of every tenant.</summary>
public sealed class SiloStartup : IHostedService
{
    private readonly IServiceProvider _services;
    private volatile bool _complete;

    /// <summary>Prepares the start.</summary>
    /// <param name="services">The host's services.</param>
    public SiloStartup(IServiceProvider services) => _services = services;

    /// <summary>True when everything is loaded.</summary>
    public bool IsComplete => _complete;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _services.GetRequiredService<SigningKeys>().LoadAsync(cancellationToken);
        await _services.GetRequiredService<TenantOpening>().OpenStoredAsync(cancellationToken);
        _complete = true;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
