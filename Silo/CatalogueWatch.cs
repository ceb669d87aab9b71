using AgentRec.Grains.Serving;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.Silo;

/// <summary>Follows items that were put through other silos: a look costs one look into an index.</summary>
/// <param name="news">Reads them.</param>
/// <param name="startup">Reads the first.</param>
/// <param name="options">How often.</param>
/// <param name="time">The machine's clock.</param>
/// <param name="logger">Hears of failures.</param>
internal sealed partial class CatalogueWatch(
    CatalogueNewsReader news, SiloStartup startup, IOptions<SiloOptions> options, TimeProvider time, ILogger<CatalogueWatch> logger) : StoreWatch(startup, time)
{
    protected override TimeSpan Wait => TimeSpan.FromMilliseconds(options.Value.CatalogueMilliseconds);

    protected override Task LookAsync(CancellationToken cancellationToken) => news.CatchUpAsync(cancellationToken);

    [LoggerMessage(EventName = "CatalogueWatchFailed", Level = LogLevel.Warning, Message = "New items could not be read; the silo goes on with those it has")]
    protected override partial void LogLookFailed(Exception exception);
}
