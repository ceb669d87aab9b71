using System.Text.Json;

namespace AgentRec.LanguageModel;

/// <summary>An answer that was checked.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="Value">The answer; null where something is wrong with it.</param>
/// <param name="Problem">What is wrong, for the model; null with a value.</param>
internal sealed record Checked<T>(T? Value, string? Problem)
    where T : class
{
    /// <summary>Checks an answer that must be JSON.</summary>
    /// <param name="text">The answer.</param>
    /// <param name="depth">The greatest depth of its JSON.</param>
    /// <param name="check">Checks what it holds.</param>
    public static Checked<T> Json(string text, int depth, Func<JsonElement, Checked<T>> check)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = depth });
            return check(document.RootElement);
        }
        // Half a surrogate pair is JSON, but no text: it shows when it is read.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new(null, "The answer is no JSON. Answer with the JSON object alone, without any text around it.");
        }
    }
}
