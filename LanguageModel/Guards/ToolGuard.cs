using AgentRec.LanguageModel.Budgets;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;

namespace AgentRec.LanguageModel.Guards;

/// <summary>
/// Stands before every tool that the model calls: calls come out of the turn's budget, and what tools answer is bounded and without
/// identifiers.
/// </summary>
/// <param name="allowance">The turn's budget.</param>
/// <param name="aliases">Hides identifiers.</param>
/// <param name="logger">Hears of calls, at Trace alone.</param>
internal sealed partial class ToolGuard(TurnAllowance allowance, Aliases aliases, ILogger logger) : IAutoFunctionInvocationFilter, IFunctionInvocationFilter
{
    private const int LongestAnswer = 8_000;

    /// <summary>Grants a call, or has the model told that there are none left; its requests are counted too, so that it ends either way.</summary>
    public async Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
    {
        if (allowance.TryTakeToolCall())
            await next(context);
        else
            context.Result = new FunctionResult(context.Result, "No tool calls are left. Answer now.");
    }

    public async Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
    {
        await next(context);
        if (!string.Equals(context.Function.PluginName, Tools, StringComparison.Ordinal))
            return;
        var answer = aliases.Hide(context.Result.ToString());
        LogToolCall(context.Function.Name, answer.Length);
        context.Result = new FunctionResult(context.Result, answer.Length <= LongestAnswer ? answer : "The answer is too long. Ask for less.");
    }

    /// <summary>The name of the plugin that holds the tools.</summary>
    public const string Tools = "tools";

    [LoggerMessage(EventName = "LanguageToolCall", Level = LogLevel.Trace, Message = "The model called {Function}, which answered with {Length} characters")]
    private partial void LogToolCall(string function, int length);
}
