namespace AgentRec.Import.Rows;

/// <summary>Quotes what a file holds within a report: short, on one line.</summary>
internal static class Quote
{
    private const int Greatest = 60;

    /// <summary>Quotes a text.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text)
    {
        var shown = text.Length > Greatest ? string.Concat(text.AsSpan(0, Greatest), "…") : text;
        return $"'{string.Create(shown.Length, shown, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
                target[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '?' : source[i];
        })}'";
    }
}
