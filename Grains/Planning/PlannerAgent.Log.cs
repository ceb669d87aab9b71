using Microsoft.Extensions.Logging;

namespace AgentRec.Grains.Planning;

internal sealed partial class PlannerAgent
{
    [LoggerMessage(EventName = "ToolFailed", Level = LogLevel.Warning, Message = "Tool {Tool} was left out of a turn")]
    private partial void LogToolFailed(Exception exception, string tool);

    [LoggerMessage(EventName = "ProposalRefused", Level = LogLevel.Warning, Message = "A slate that {Proposer} proposed was refused: {Findings}")]
    private partial void LogProposalRefused(string proposer, string findings);
}
