using Microsoft.Extensions.Logging;

namespace AgentRec.Gateway.Calls;

internal sealed partial class Repetition
{
    [LoggerMessage(1, LogLevel.Information, "Attempt {Attempt} was not answered ({Fault}); trying again", EventName = "Repeating")]
    private partial void Repeating(int attempt, string fault);
}
