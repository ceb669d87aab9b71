namespace AgentRec.Storage;

/// <summary>One copy of each text: a reader that keeps millions of rows keeps few distinct ids.</summary>
internal sealed class SharedTexts
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The copy of a text that everybody shares.</summary>
    /// <param name="text">The text.</param>
    public string Of(string text)
    {
        if (_texts.TryGetValue(text, out var known))
            return known;
        _texts.Add(text, text);
        return text;
    }
}
