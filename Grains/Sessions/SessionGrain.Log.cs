using Microsoft.Extensions.Logging;

namespace AgentRec.Grains.Sessions;

internal sealed partial class SessionGrain
{
    [LoggerMessage(EventName = "TurnFailed", Level = LogLevel.Error, Message = "Turn {Turn} failed; nothing was recorded")]
    private partial void LogTurnFailed(Exception exception, int turn);

    [LoggerMessage(EventName = "TurnInterrupted", Level = LogLevel.Warning, Message = "Turn {Turn} was interrupted; it may be repeated")]
    private partial void LogTurnInterrupted(Exception exception, int turn);
}
