using Microsoft.Extensions.Logging;

namespace AgentRec.Grains.Items;

internal sealed partial class ExposureShardGrain
{
    [LoggerMessage(EventName = "ExposureFlushFailed", Level = LogLevel.Warning, Message = "A shard of the exposure ledger could not be stored; counts since the last time are lost")]
    private partial void LogFlushFailed(Exception exception);
}
