using Microsoft.Extensions.Logging;

namespace AgentRec.Grains.Users;

internal sealed partial class UserAgent
{
    [LoggerMessage(EventName = "UserAppendFailed", Level = LogLevel.Error, Message = "A user's log could not be written; the agent ends and will read what is there")]
    private partial void LogAppendFailed(Exception exception);

    [LoggerMessage(EventName = "UserSnapshotFailed", Level = LogLevel.Warning, Message = "A user's memory snapshot could not be stored; the log restores it")]
    private partial void LogSnapshotFailed(Exception exception);
}
