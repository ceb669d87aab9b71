namespace AgentRec.Import.Rows;

/// <summary>Keeps one copy of each id of a file: a caller that keeps millions of rows keeps few distinct texts.</summary>
internal sealed class SharedTexts
{
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>The one copy of a text.</summary>
    /// <param name="text">The text.</param>
    public string Of(string text)
    {
        if (_known.TryGetValue(text, out var known))
            return known;
        _known.Add(text, text);
        return text;
    }
}
