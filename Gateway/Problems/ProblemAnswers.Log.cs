using Microsoft.Extensions.Logging;

namespace AgentRec.Gateway.Problems;

internal sealed partial class ProblemAnswers
{
    [LoggerMessage(1, LogLevel.Debug, "{Method} {Route} answered {Status} in {Milliseconds:0.0} ms", EventName = "Answered")]
    private partial void Answered(string method, string? route, int status, double milliseconds);

    [LoggerMessage(2, LogLevel.Warning, "A request ended as {Code} by {Fault}\n{Stack}", EventName = "Failed")]
    private partial void Failed(string code, string? fault, string? stack);

    [LoggerMessage(3, LogLevel.Trace, "The fault in full", EventName = "FailedWith")]
    private partial void FailedWith(Exception exception);
}
