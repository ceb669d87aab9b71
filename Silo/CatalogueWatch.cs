using AgentRec.Grains.Tenants;
using AgentRec.Silo.Tenants;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.Silo;

/// <summary>Follows items that were put through other silos: a look costs one look into an index.</summary>
/// <param name="opening">Opens tenants.</param>
/// <param name="startup">Reads the first.</param>
/// <param name="options">How often.</param>
/// <param name="time">The machine's clock.</param>
/// <param name="logger">Hears of failures.</param>
internal sealed partial class CatalogueWatch(
    TenantOpening opening, SiloStartup startup, IOptions<SiloOptions> options, TimeProvider time, ILogger<CatalogueWatch> logger) : StoreWatch(opening, startup, time)
{
    protected override TimeSpan Wait => TimeSpan.FromMilliseconds(options.Value.CatalogueMilliseconds);

    protected override Task LookAsync(TenantServing tenant, CancellationToken cancellationToken) => tenant.News.CatchUpAsync(cancellationToken);

    [LoggerMessage(EventName = "CatalogueWatchFailed", Level = LogLevel.Warning, Message = "New items of {Whose} could not be read; the silo goes on with those it has")]
    protected override partial void LogLookFailed(Exception exception, string whose);
}
