using Microsoft.SemanticKernel;

namespace AgentRec.LanguageModel;

/// <summary>A question to the model and how its answers are checked.</summary>
/// <typeparam name="T">What is asked for.</typeparam>
/// <param name="Operation">Its name in figures.</param>
/// <param name="Instructions">What the model is to do with the data.</param>
/// <param name="Data">The data, as JSON.</param>
/// <param name="Schema">The schema of answers.</param>
/// <param name="Tools">The tools that the model may call; null: it may call none.</param>
/// <param name="Check">Checks an answer.</param>
internal sealed record Conversation<T>(
    string Operation, string Instructions, string Data, BinaryData Schema, KernelPlugin? Tools, Func<string, Checked<T>> Check)
    where T : class
{
    /// <summary>The prompt of the first attempt, with <c>data</c>.</summary>
    public string First => $$$"""
        <message role="system">{{{Instructions}}}</message>
        <message role="user">{{$data}}</message>
        """;

    /// <summary>The prompt of further attempts, with the last <c>answer</c> and what its <c>problem</c> is.</summary>
    public string Corrected => First + """

        <message role="assistant">{{$answer}}</message>
        <message role="user">{{$problem}}</message>
        """;
}
