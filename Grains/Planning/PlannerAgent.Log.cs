using Microsoft.Extensions.Logging;

namespace AgentRec.Grains.Planning;

internal sealed partial class PlannerAgent
{
    [LoggerMessage(EventName = "ProposalRefused", Level = LogLevel.Warning, Message = "A slate that {Proposer} proposed was refused: {Findings}")]
    private partial void LogProposalRefused(string proposer, string findings);
}
