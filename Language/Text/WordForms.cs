namespace AgentRec.Language.Text;

/// <summary>Brings English nouns to one form for singular and plural. What it makes of a word need not be a word: it need only be the same for both.</summary>
internal static class WordForms
{
    private const int ShortestPlural = 4;

    /// <summary>The form of a word.</summary>
    /// <param name="word">Lower case letters.</param>
    public static string Stem(string word)
    {
        if (word.Length < ShortestPlural)
            return word;
        if (word.EndsWith("ies", StringComparison.Ordinal))
            return word[..^3] + "y";
        if (word.EndsWith("ie", StringComparison.Ordinal))
            return word[..^2] + "y";
        if (EndsWithAny(word, "sses", "xes", "ches", "shes", "zes") || (word.Length > 5 && word.EndsWith("oes", StringComparison.Ordinal)))
            return word[..^2];
        return word.EndsWith('s') && !EndsWithAny(word, "ss", "us", "is") ? word[..^1] : word;
    }

    private static bool EndsWithAny(string word, params ReadOnlySpan<string> ends)
    {
        foreach (var end in ends)
        {
            if (word.EndsWith(end, StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
