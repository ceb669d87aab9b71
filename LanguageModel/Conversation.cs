using Microsoft.SemanticKernel;
using AgentRec.LanguageModel.Reading;

namespace AgentRec.LanguageModel;

/// <summary>A question to the model and how its answers are checked.</summary>
/// <typeparam name="T">What is asked for.</typeparam>
/// <param name="Operation">Its name in figures.</param>
/// <param name="First">The prompt of the first attempt, with <c>data</c>.</param>
/// <param name="Corrected">The prompt of further attempts, with <c>data</c>, <c>answer</c> and <c>problem</c>.</param>
/// <param name="Data">The data, as JSON.</param>
/// <param name="Schema">The schema of answers.</param>
/// <param name="Tools">The tools that the model may call; null: it may call none.</param>
/// <param name="Check">Checks an answer.</param>
internal sealed record Conversation<T>(
    string Operation, string First, string Corrected, string Data, BinaryData Schema, KernelPlugin? Tools, Func<string, Checked<T>> Check)
    where T : class;
