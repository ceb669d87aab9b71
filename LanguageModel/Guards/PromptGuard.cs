using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;

namespace AgentRec.LanguageModel.Guards;

/// <summary>Sees every prompt before it leaves: it is bounded, and told at Trace alone.</summary>
/// <param name="redact">Takes the key out of a text: an answer that repeats it comes back in the next prompt.</param>
/// <param name="logger">Hears of prompts.</param>
internal sealed partial class PromptGuard(Func<string, string> redact, ILogger logger) : IPromptRenderFilter
{
    /// <summary>Longer prompts are a fault of whoever made them.</summary>
    public const int Longest = 200_000;

    public async Task OnPromptRenderAsync(PromptRenderContext context, Func<PromptRenderContext, Task> next)
    {
        await next(context);
        var prompt = context.RenderedPrompt ?? "";
        if (prompt.Length > Longest)
            throw new InvalidOperationException($"A prompt has {prompt.Length} characters; at most {Longest} are sent.");
        if (logger.IsEnabled(LogLevel.Trace))
            LogPrompt(context.Function.Name, redact(prompt));
    }

    [LoggerMessage(EventName = "LanguagePrompt", Level = LogLevel.Trace, Message = "Prompt of {Function}: {Prompt}")]
    private partial void LogPrompt(string function, string prompt);
}
