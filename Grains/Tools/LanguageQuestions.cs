using AgentRec.Grains.Abstractions.Language;

namespace AgentRec.Grains.Tools;

/// <summary>Asks the language model on behalf of grains.</summary>
internal static class LanguageQuestions
{
    /// <summary>Asks, off the grain's thread: what the model's client does before it waits takes longer than a grain may hold it.</summary>
    /// <typeparam name="T">What is asked for.</typeparam>
    /// <param name="tools">Through which every tool is asked.</param>
    /// <param name="question">Asks the model.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answer, or why there is none.</returns>
    public static async Task<ToolAnswer<T>> AskAsync<T>(
        this ToolPipelines tools, Func<CancellationToken, Task<LanguageAnswer<T>>> question, CancellationToken cancellationToken)
        where T : class
    {
        var answer = await Task.Run(
            () => tools.RunAsync(ToolNames.Language, TimeSpan.MaxValue, async token => await question(token), cancellationToken).AsTask(), cancellationToken);
        return answer.Value?.Value is { } value ? new ToolAnswer<T>(value, null) : new ToolAnswer<T>(null, answer.Reason ?? answer.Value?.Reason ?? DropReasons.Failed);
    }
}
