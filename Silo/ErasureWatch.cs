using AgentRec.Grains.Erasure;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.Silo;

/// <summary>Follows erasures of users: those made through other silos, and those that were interrupted.</summary>
/// <param name="erased">What a look does.</param>
/// <param name="startup">Loads what the silo begins with.</param>
/// <param name="options">How often.</param>
/// <param name="time">The machine's clock.</param>
/// <param name="logger">Hears of failures.</param>
internal sealed partial class ErasureWatch(
    ErasedUsersWatch erased, SiloStartup startup, IOptions<SiloOptions> options, TimeProvider time, ILogger<ErasureWatch> logger) : StoreWatch(startup, time)
{
    protected override TimeSpan Wait => TimeSpan.FromMilliseconds(options.Value.ErasureMilliseconds);

    protected override Task LookAsync(CancellationToken cancellationToken) => erased.LookAsync(cancellationToken);

    [LoggerMessage(EventName = "ErasureWatchFailed", Level = LogLevel.Warning, Message = "Erasures could not be followed up; they are looked at again")]
    protected override partial void LogLookFailed(Exception exception);
}
