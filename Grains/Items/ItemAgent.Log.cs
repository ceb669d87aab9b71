using Microsoft.Extensions.Logging;

namespace AgentRec.Grains.Items;

internal sealed partial class ItemAgent
{
    [LoggerMessage(EventName = "ItemAgeNotKept", Level = LogLevel.Warning, Message = "It could not be stored since when an item is known; it will count as new once more")]
    private partial void LogAgeNotKept(Exception exception);
}
