using Microsoft.Extensions.Logging;

namespace AgentRec.Grains.Items;

internal sealed partial class ItemAgent
{
    [LoggerMessage(EventName = "ItemFlushFailed", Level = LogLevel.Warning, Message = "An item's exposure counts could not be stored; counts since the last flush are lost")]
    private partial void LogFlushFailed(Exception exception);
}
