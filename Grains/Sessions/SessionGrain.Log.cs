using Microsoft.Extensions.Logging;

namespace AgentRec.Grains.Sessions;

internal sealed partial class SessionGrain
{
    [LoggerMessage(EventName = "TurnFailed", Level = LogLevel.Error, Message = "Turn {Turn} failed; nothing was recorded")]
    private partial void LogTurnFailed(Exception exception, int turn);
}
