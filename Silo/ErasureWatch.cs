using AgentRec.Grains.Tenants;
using AgentRec.Silo.Tenants;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.Silo;

/// <summary>Follows erasures of users: those made through other silos, and those that were interrupted.</summary>
/// <param name="opening">Opens tenants.</param>
/// <param name="startup">Loads what the silo begins with.</param>
/// <param name="options">How often.</param>
/// <param name="time">The machine's clock.</param>
/// <param name="logger">Hears of failures.</param>
internal sealed partial class ErasureWatch(
    TenantOpening opening, SiloStartup startup, IOptions<SiloOptions> options, TimeProvider time, ILogger<ErasureWatch> logger) : StoreWatch(opening, startup, time)
{
    protected override TimeSpan Wait => TimeSpan.FromMilliseconds(options.Value.ErasureMilliseconds);

    protected override Task LookAsync(TenantServing tenant, CancellationToken cancellationToken) => tenant.Erased.LookAsync(cancellationToken);

    [LoggerMessage(EventName = "ErasureWatchFailed", Level = LogLevel.Warning, Message = "Erasures of {Whose} could not be followed up; they are looked at again")]
    protected override partial void LogLookFailed(Exception exception, string whose);
}
